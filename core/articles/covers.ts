/** The cover of an article as files: each frame a target asks for, and how official accounts are told of the crops. */
import { COVER_RATIOS, cropString, type CoverProblem, type CoverRatioId } from '../model/cover/index.ts';
import { coverOfArticle } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/types.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import type { ArticleTarget, TargetWarning } from '../model/targets/index.ts';
import type { CoverPicture, MediaEngine } from '../ports/index.ts';

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
  const cover = coverOfArticle(job.doc);
  const frames = COVER_RATIOS.filter(({ targets }) => targets.includes(job.target));
  const file = cover && frames.length > 0 ? await job.pictureFile(cover.image) : null;
  const files: string[] = [];
  if (!cover || file === null) return { files, warnings: [] };
  const put = async (name: string, data: string | Uint8Array): Promise<void> => {
    await job.write(`cover/${name}`, data);
    files.push(`cover/${name}`);
  };
  const made = new Map<CoverRatioId, CoverPicture>();
  for (const ratio of frames) {
    const { draft, signal } = job;
    const picture = await job.media.coverPicture(file, {
      cover,
      ratio,
      draft,
      maxBytes: WECHAT_PROFILE.pictureBytes,
      signal,
    });
    await put(`cover-${ratio.id}.jpg`, picture.data);
    made.set(ratio.id, picture);
  }
  if (job.target === 'wechat') {
    const bounds = { maxBytes: WECHAT_PROFILE.pictureBytes, maxWidth: WHOLE_WIDTH, aiMade: cover.ai };
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
