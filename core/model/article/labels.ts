/** Words an article itself carries, in every target alike. They are part of what readers see, so they stay Chinese. */
import type { SOURCE_ROLES } from './describe.ts';

/** Label of each entry of a line of sources. */
export const SOURCE_LABELS: Readonly<Record<(typeof SOURCE_ROLES)[number], string>> = {
  source: '来源',
  author: '作者',
  correspondent: '通讯员',
  photographer: '摄影',
  editor: '编辑',
  reviewer: '审核',
};

/**
 * Visible label of what an AI made: 人工智能 or AI together with 生成 or 合成, as GB 45438-2025 section 4 asks of text and
 * pictures.
 */
export const AI_LABEL = 'AI 生成';

/** Head of the notes at the end of an article. */
export const NOTES_LABEL = '注释';
