/** The article onto the clipboard as an account's editor takes it: HTML with its pictures inside, and plain text. */
import { articleText, type ArticleDoc } from '../../../../../core/model/article/index.ts';
import type { WechatArticle } from '../../../../../core/model/wechat/index.ts';

/** Widest picture on the clipboard, pixels: the column of an account has 677, phones show up to 1080. */
const MAX_WIDTH = 1080;

async function load(src: string): Promise<HTMLImageElement> {
  const image = new Image();
  // Without it the canvas would refuse to give the bytes of another scheme.
  image.crossOrigin = 'anonymous';
  image.src = src;
  await image.decode();
  return image;
}

/** A picture as a data: address: JPEG, or PNG where something shows through. */
async function inlined(src: string): Promise<string> {
  if (src.startsWith('data:image/png') || src.startsWith('data:image/jpeg')) return src;
  const image = await load(src);
  const scale = Math.min(1, MAX_WIDTH / (image.naturalWidth || MAX_WIDTH));
  const canvas = document.createElement('canvas');
  // A drawing (a code) has no size of its own: it is drawn large enough to be scanned.
  const code = src.startsWith('data:image/svg+xml');
  canvas.width = code ? 430 : Math.round(image.naturalWidth * scale);
  canvas.height = code ? 430 : Math.round(image.naturalHeight * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.imageSmoothingEnabled = !code;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  if (code || /\.png(?:$|\?)/i.test(src)) return canvas.toDataURL('image/png');
  return canvas.toDataURL('image/jpeg', 0.88);
}

/** `html` with each picture's address replaced by its bytes; those that cannot be read are counted. */
export async function withPictures(article: WechatArticle): Promise<{ html: string; missing: number }> {
  let { html } = article;
  let missing = 0;
  for (const src of article.pictures) {
    try {
      const data = await inlined(src);
      html = html.replaceAll(` src="${src.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`, ` src="${data}"`);
    } catch {
      missing += 1;
    }
  }
  return { html, missing };
}

/**
 * Puts both forms on the clipboard, exactly as given: the browser's newer interface would rewrite the styles. False when
 * the system refuses.
 */
export function putOnClipboard(html: string, text: string): boolean {
  let done = false;
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/html', html);
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener('copy', fill, { capture: true, once: true });
  // Deprecated, and the only way to put unchanged HTML there without asking for a permission.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  return done;
}

/** Copies the article. Answers how many pictures are not in it, or null when the clipboard refused. */
export async function copyArticle(doc: ArticleDoc, article: WechatArticle): Promise<number | null> {
  const { html, missing } = await withPictures(article);
  return putOnClipboard(html, articleText(doc)) ? missing : null;
}
