/** One target of an article as files: its pictures made, its text written. Where they go is the caller's matter. */
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
import { renderWechat, wechatPage } from '../model/wechat/index.ts';
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

async function makeWechat({ order, input, put }: Making): Promise<Facts> {
  const { title, doc, draft } = order;
  const made = renderWechat(doc, { title, images: input.images, draft });
  await put('article.html', wechatPage(made));
  const { chars, bytes, digest, lost, warnings } = made;
  return { chars, bytes, title, digest, lost: [...lost], warnings: [...warnings] };
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

/** Error: bad_input for a theme where there is none. */
export function refuseTheme({ target, theme }: Pick<ArticleOrder, 'target' | 'theme'>): void {
  if (theme !== undefined && target !== 'wechat') {
    throw new StudioError('bad_input', { what: `theme: ${target} has none` });
  }
}

/** Writes the target's files. Errors: bad_input (a theme where there is none), those of the makers and of `write`. */
export async function makeArticle(order: ArticleOrder): Promise<MadeArticle> {
  refuseTheme(order);
  const { target, title, doc, films, about, draft } = order;
  const files: string[] = [];
  const put = async (file: string, data: string | Uint8Array): Promise<void> => {
    await order.write(file, data);
    // The article itself stands first, whatever was written before it.
    if (file.startsWith('article.')) files.unshift(file);
    else files.push(file);
  };
  const pictures = target === 'xiaohongshu' ? await notePictures(order, put) : await targetPictures(order, put);
  const input: TargetInput = { title, doc, images: pictures.images, films, about, draft };
  const making = { order, pictures, input, put };
  const facts =
    target === 'wechat'
      ? await makeWechat(making)
      : target === 'docx' || target === 'pdf'
        ? await makeDocument(making, target)
        : await makeText(making, target);
  order.onProgress?.(1);
  return { files, ...facts, warnings: [...facts.warnings, ...pictures.warnings] };
}
