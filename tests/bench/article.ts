/** An article for official accounts: rendered, checked, darkened; beside juice, which puts a style sheet into the same text. */
import juice from 'juice';
import { parseArticle, type ArticleDoc, type ArticleNodeJson } from '../../core/model/article/index.ts';
import {
  WECHAT_THEMES,
  checkWechat,
  renderWechat,
  slim,
  wechatDark,
  type WechatOptions,
} from '../../core/model/wechat/index.ts';
import { inTurn, median } from './measure.ts';

const SENTENCE = '清晨五点，茶园的雾还没有散，老周已经背着竹篓上了山，手电的光在茶垄间一晃一晃。';
const IMAGES = 30;

/** About `chars` characters in paragraphs of 114, a heading every tenth, thirty pictures between them. */
export function article(chars: number): ArticleDoc {
  const count = Math.ceil(chars / 114);
  const every = Math.max(1, Math.floor(count / IMAGES));
  const content: ArticleNodeJson[] = [];
  for (let i = 0; i < count; i += 1) {
    if (i % 10 === 0)
      content.push({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '一口锅，三十年' }] });
    const words = SENTENCE.repeat(4).slice(i % 20, (i % 20) + 114);
    const bold = { type: 'text', text: words.slice(40, 60), marks: [{ type: 'bold' }] };
    content.push({
      type: 'paragraph',
      content: [{ type: 'text', text: words.slice(0, 40) }, bold, { type: 'text', text: words.slice(60) }],
    });
    const n = i / every;
    if (i % every === 0 && n < IMAGES)
      content.push({ type: 'image', attrs: { assetId: `p${String(n)}`, caption: '四月的半山村' } });
  }
  return parseArticle({ type: 'doc', content });
}

const options: WechatOptions = {
  title: '老周的第四十个春茶季',
  images: new Map(
    Array.from({ length: IMAGES }, (_, i) => [
      `p${String(i)}`,
      { src: `images/${String(i)}.jpg`, width: 1080, height: 720 },
    ]),
  ),
};

const SHEET = `.w{font-size:16px;line-height:1.75;text-align:justify}.w p{margin:0 0 18px;color:#2b2a27;font-size:16px;line-height:1.75}
.w h2{margin:32px 0 14px;padding-left:10px;border-left:4px solid #86190f;font-size:18px;font-weight:bold;color:#2b2a27}
.w figure{margin:24px 0;text-align:center}.w img{display:block;max-width:100%;margin:0 auto}
.w figcaption{margin:8px 0 0;font-size:14px;color:#4d4a45}.w strong{font-weight:bold;color:#86190f}`;

/** The same article as a Markdown editor hands it to juice: tags, classes, a style sheet. */
function withClasses(doc: ArticleDoc): string {
  const text = (node: ArticleNodeJson): string =>
    (node.content ?? []).map((t) => (t.marks ? `<strong>${t.text ?? ''}</strong>` : (t.text ?? ''))).join('');
  const body = doc.content.map((node) => {
    if (node.type === 'heading') return `<h2>${text(node)}</h2>`;
    if (node.type === 'paragraph') return `<p>${text(node)}</p>`;
    return `<figure><img src="images/1.jpg" alt=""><figcaption>四月的半山村</figcaption></figure>`;
  });
  return `<section class="w">${body.join('')}</section>`;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function benchOne(chars: number, limit: number, rounds: number): Promise<string[]> {
  const doc = article(chars);
  const html = withClasses(doc);
  const made = renderWechat(doc, options);
  const inlined = juice.inlineContent(html, SHEET);
  const middle = await inTurn(
    rounds,
    () => Promise.resolve(median(WECHAT_THEMES.map((theme) => timed(() => renderWechat(doc, { ...options, theme }))))),
    () => Promise.resolve(timed(() => juice.inlineContent(html, SHEET))),
  );
  const times = (work: () => unknown): string => median(Array.from({ length: rounds }, () => timed(work))).toFixed(1);
  const size = (text: string): string => `${String(text.length)} characters`;
  return [
    `${String(chars)} characters and ${String(IMAGES)} pictures to WeChat HTML: ${middle.ours.toFixed(1)} ms, median of ${String(WECHAT_THEMES.length)} themes (goal ${String(limit)} ms); juice: ${middle.peer.toFixed(1)} ms; time ratio ${middle.ratio.toFixed(2)}`,
    `  size of it: ${size(made.html)}; juice: ${size(inlined)}`,
    `  check against the sanitizer's model and budget: ${times(() => checkWechat(made))} ms; night colours: ${times(() => wechatDark(made.html))} ms; offers to slim: ${times(() => slim(doc, options))} ms`,
  ];
}

export async function benchArticle(rounds: number): Promise<string[]> {
  return [...(await benchOne(10_000, 50, rounds)), ...(await benchOne(50_000, 200, rounds))];
}
