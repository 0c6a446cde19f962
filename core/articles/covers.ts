/** The cover of an article as files: each frame a target asks for, and how official accounts are told of the crops. */
import { COVER_RATIOS, cropString, type CoverProblem, type CoverRatioId } from '../model/cover/index.ts';
import type { ArticleDoc } from '../model/article/types.ts';
import type { ArticleTarget, TargetWarning } from '../model/targets/index.ts';
import type { CoverPicture, MediaEngine } from '../ports/index.ts';

/** Frames of each target; a target that is not named has no cover. */
export const COVER_FRAMES: Partial<Record<ArticleTarget, readonly CoverRatioId[]>> = {
  wechat: ['2.35x1', '1x1'],
  toutiao: ['16x9', '4x3'],
  baijiahao: ['16x9', '1x1'],
  weibo: ['16x9'],
  xiaohongshu: ['3x4'],
};

/** Bytes a cover stays below: official accounts take a picture of less than 1 MB everywhere (see WECHAT_PROFILE). */
const MAX_BYTES = 1_000_000;
/** Width of the whole picture that the crops of an official account refer to. */
const WHOLE_WIDTH = 2560;

export interface CoverJob {
  doc: ArticleDoc;
  target: ArticleTarget;
  /** Absolute path of the picture's file; null when there is none. */
  pictureFile(assetId: string): Promise<string | null>;
  media: Pick<MediaEngine, 'coverPicture' | 'webPicture'>;
  draft: boolean;
  signal?: AbortSignal | undefined;
  /** Path relative to the target's folder, with "/". */
  write(file: string, data: string | Uint8Array): Promise<void>;
}

/** One warning a kind of problem: its frames are named together. */
function warningsOf(problems: readonly (CoverProblem & { ratio: CoverRatioId })[]): TargetWarning[] {
  return [...new Set(problems.map(({ code }) => code))].map((code) => {
    const same = problems.filter((problem) => problem.code === code);
    const ratios = same.map(({ ratio }) => ratio.replace('x', ':')).join(', ');
    return { level: 'warn', code: `cover_${code}`, params: { ...same[0]?.params, ratios } };
  });
}

/**
 * `cover/cover-2.35x1.jpg` … for the frames of a target; for `wechat` also the whole picture as `cover/cover.jpg` and `cover/cover.json`
 * with the crops as its interface takes them. Nothing without a cover. Errors: those of the picture's making and of `write`.
 */
export async function makeCovers(job: CoverJob): Promise<{ files: string[]; warnings: TargetWarning[] }> {
  const { cover } = job.doc.attrs ?? {};
  const frames = COVER_FRAMES[job.target] ?? [];
  const file = cover && frames.length > 0 ? await job.pictureFile(cover.image) : null;
  const files: string[] = [];
  if (!cover || file === null) return { files, warnings: [] };
  const put = async (name: string, data: string | Uint8Array): Promise<void> => {
    await job.write(`cover/${name}`, data);
    files.push(`cover/${name}`);
  };
  const made = new Map<CoverRatioId, CoverPicture>();
  for (const ratio of COVER_RATIOS.filter(({ id }) => frames.includes(id))) {
    const { draft, signal } = job;
    const picture = await job.media.coverPicture(file, { cover, ratio, draft, maxBytes: MAX_BYTES, signal });
    await put(`cover-${ratio.id}.jpg`, picture.data);
    made.set(ratio.id, picture);
  }
  if (job.target === 'wechat') {
    const bounds = { maxBytes: MAX_BYTES, maxWidth: WHOLE_WIDTH, aiMade: cover.ai };
    const whole = await job.media.webPicture(file, job.signal ? { ...bounds, signal: job.signal } : bounds);
    const name = `cover.${whole.format === 'jpeg' ? 'jpg' : 'png'}`;
    await put(name, whole.data);
    const told = (id: CoverRatioId): string | null => {
      const picture = made.get(id);
      return picture ? cropString(picture.crop, picture.source) : null;
    };
    const crops = { thumb: name, pic_crop_235_1: told('2.35x1'), pic_crop_1_1: told('1x1') };
    await put('cover.json', `${JSON.stringify(crops, null, 2)}\n`);
  }
  const problems = [...made].flatMap(([ratio, picture]) => picture.problems.map((problem) => ({ ...problem, ratio })));
  return { files, warnings: warningsOf(problems) };
}
