/** One target of an article as files: its pictures made, its text written. Where they go is the caller's matter. */
import { codeMatrix } from '../model/code.ts';
import { excerptOf } from '../model/article/text.ts';
import { StudioError } from '../model/errors.ts';
import {
  DIGEST_CHARS,
  renderTarget,
  ruleWarnings,
  type Lost,
  type TargetInput,
  type TargetWarning,
  type TextTarget,
} from '../model/targets/index.ts';
import {
  DEFAULT_THEME_ID,
  WECHAT_THEMES,
  codeHrefs,
  renderWechat,
  themeById,
  themeNamed,
  wechatPage,
  type WechatTheme,
} from '../model/wechat/index.ts';
import { makeCovers } from './covers.ts';
import type { ArticleOrder } from './order.ts';
import { notePictures, targetPictures, type MadePictures } from './pictures.ts';

export interface MadeArticle {
  /** The article first, then what belongs to it. */
  files: string[];
  /** UTF-16 units and bytes of the content; for a Word or PDF file of its text and of the file. */
  chars: number;
  bytes: number;
  title: string;
  digest: string;
  lost: Lost[];
  warnings: TargetWarning[];
}

type Facts = Omit<MadeArticle, 'files'>;

interface Making {
  order: ArticleOrder;
  pictures: MadePictures;
  input: TargetInput;
  put: (file: string, data: string | Uint8Array) => Promise<void>;
}

/** Pixels on a side of a code: the smallest that official accounts offer for print is 430 wide. */
const CODE_SIDE = 430;

async function makeWechat({ order, pictures, input, put }: Making): Promise<Facts> {
  const { title, doc, draft, films, media } = order;
  const codes = new Map<string, { src: string }>();
  for (const [i, href] of codeHrefs(doc).entries()) {
    const dark = codeMatrix(href);
    if (!dark) continue;
    const src = `images/code-${i + 1}.png`;
    await put(src, (await media.codePicture(dark, CODE_SIDE)).data);
    codes.set(href, { src });
  }
  // What was asked for, else the story's own theme, else the studio's.
  const own = doc.attrs?.theme ?? DEFAULT_THEME_ID;
  const theme = (await askedTheme(order)) ?? themeById(own) ?? (await order.themes?.byId(own)) ?? null;
  // A signed piece is never made in another theme than its own.
  if (!theme && order.strict) throw new StudioError('source_vanished', { file: own });
  const options = { title, images: pictures.images, codes, videos: films, draft, ...(theme ? { theme } : {}) };
  const made = renderWechat(doc, options);
  await put('article.html', wechatPage(made));
  const { chars, bytes, digest, lost, warnings } = made;
  const gone: TargetWarning[] = theme ? [] : [{ level: 'warn', code: 'theme_gone', params: { theme: own } }];
  return { chars, bytes, title: input.title, digest, lost: [...lost], warnings: [...gone, ...warnings] };
}

const FILES: Readonly<Record<TextTarget, string>> = {
  web: 'article.html',
  toutiao: 'article.html',
  baijiahao: 'article.html',
  weibo: 'article.html',
  md: 'article.md',
  text: 'article.txt',
  xiaohongshu: 'article.txt',
};

async function makeText({ input, put }: Making, target: TextTarget): Promise<Facts> {
  const { file, content: _content, ...facts } = renderTarget(target, input);
  await put(FILES[target], file);
  if (target === 'xiaohongshu') await put('title.txt', `${input.title}\n`);
  return facts;
}

/** Word and PDF: the pictures are inside the one file. */
async function makeDocument({ order, pictures, input, put }: Making, target: 'docx' | 'pdf'): Promise<Facts> {
  const { documents, signal } = order;
  const made = await documents[target]({
    input,
    pictures: pictures.data,
    form: target === 'docx',
    ...(signal ? { signal } : {}),
  });
  await put(`article.${target}`, made.data);
  const { title, doc } = input;
  return {
    chars: made.chars,
    bytes: made.data.length,
    title,
    digest: excerptOf(doc, DIGEST_CHARS),
    lost: made.lost,
    warnings: [...ruleWarnings(target, input, input.images.size), ...made.warnings],
  };
}

type ThemeOrder = Pick<ArticleOrder, 'target' | 'theme' | 'themes'>;

/** The theme asked for, by its id or one of its names. Error: bad_input for one that there is not. */
async function askedTheme(order: ThemeOrder): Promise<WechatTheme | null> {
  const { target, theme, themes } = order;
  if (theme === undefined) return null;
  const found = themeNamed(theme) ?? (await themes?.byId(theme)) ?? (await themes?.byName(theme));
  if (target === 'wechat' && found) return found;
  const names = target === 'wechat' ? WECHAT_THEMES.map(({ id }) => id).join(', ') : `${target} has none`;
  throw new StudioError('bad_input', { what: `theme: ${theme} (${names})` });
}

/** Error: bad_input for a theme that there is not, or a target that has none. */
export async function refuseTheme(order: ThemeOrder): Promise<void> {
  await askedTheme(order);
}

/** Writes the target's files. Errors: bad_input (a theme where there is none), those of the makers and of `write`. */
export async function makeArticle(order: ArticleOrder): Promise<MadeArticle> {
  await refuseTheme(order);
  const { target, title, doc, films, about, draft } = order;
  const files: string[] = [];
  const put = async (file: string, data: string | Uint8Array): Promise<void> => {
    await order.write(file, data);
    // The article itself stands first, whatever was written before it.
    if (file.startsWith('article.')) files.unshift(file);
    else files.push(file);
  };
  const pictures = target === 'xiaohongshu' ? await notePictures(order, put) : await targetPictures(order, put);
  const names = new Map([...films].map(([id, film]) => [id, film.title]));
  const input: TargetInput = { title, doc, images: pictures.images, films: names, about, draft };
  const making = { order, pictures, input, put };
  const facts =
    target === 'wechat'
      ? await makeWechat(making)
      : target === 'docx' || target === 'pdf'
        ? await makeDocument(making, target)
        : await makeText(making, target);
  const { media, signal } = order;
  const pictureFile = (assetId: string): Promise<string | null> => order.pictureFile(assetId);
  const covers = await makeCovers({ doc, target, pictureFile, media, draft, signal, write: put });
  order.onProgress?.(1);
  const warnings = [...facts.warnings, ...pictures.warnings, ...covers.warnings];
  // "Choose a cover" is said where there is none.
  const left = covers.files.length > 0 ? warnings.filter(({ code }) => code !== `cover_${target}`) : warnings;
  return { files, ...facts, warnings: left };
}
