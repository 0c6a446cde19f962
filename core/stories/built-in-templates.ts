/** The studio's own story templates: `templates/stories`, bundled with the program, checked when they are first asked for. */
import renwu from '../../templates/stories/renwu.json' with { type: 'json' };
import jingyan from '../../templates/stories/jingyan.json' with { type: 'json' };
import feiyi from '../../templates/stories/feiyi.json' with { type: 'json' };
import xiangcun from '../../templates/stories/xiangcun.json' with { type: 'json' };
import fanzha from '../../templates/stories/fanzha.json' with { type: 'json' };
import huiqi from '../../templates/stories/huiqi.json' with { type: 'json' };
import zhengce from '../../templates/stories/zhengce.json' with { type: 'json' };
import minqi from '../../templates/stories/minqi.json' with { type: 'json' };
import minzu from '../../templates/stories/minzu.json' with { type: 'json' };
import bangyang from '../../templates/stories/bangyang.json' with { type: 'json' };
import huodong from '../../templates/stories/huodong.json' with { type: 'json' };
import huiying from '../../templates/stories/huiying.json' with { type: 'json' };
import { z } from 'zod';
import { parseArticle, type ArticleDoc } from '../model/article/index.ts';
import { StudioError } from '../model/errors.ts';

/** Beginning of the ids of templates that come with the program. */
export const BUILT_IN = 'builtin:';

const templateFile = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  /** Place in the list. */
  order: z.number().int().positive(),
  name: z.string().min(1).max(80),
  use: z.string().min(1).max(400),
  title: z.string().max(200),
  doc: z.unknown(),
});

export interface BuiltInTemplate {
  templateId: string;
  name: string;
  /** What it is for, one sentence. */
  use: string;
  title: string;
  doc: ArticleDoc;
}

const FILES: readonly unknown[] = [
  renwu,
  jingyan,
  feiyi,
  xiangcun,
  fanzha,
  huiqi,
  zhengce,
  minqi,
  minzu,
  bangyang,
  huodong,
  huiying,
];

let read: readonly BuiltInTemplate[] | null = null;

/** Every template of the program, in order. Error: bad_input for a damaged file, bad_article for a damaged text. */
export function builtInTemplates(): readonly BuiltInTemplate[] {
  read ??= FILES.map((json) => {
    const file = templateFile.safeParse(json);
    if (!file.success)
      throw new StudioError('bad_input', { what: `templates/stories: ${z.prettifyError(file.error)}` });
    const { id, order, name, use, title, doc } = file.data;
    return { order, template: { templateId: `${BUILT_IN}${id}`, name, use, title, doc: parseArticle(doc) } };
  })
    .sort((a, b) => a.order - b.order)
    .map(({ template }) => template);
  return read;
}
