/** Comparing versions: 10,000 and 50,000 characters, every fifth paragraph edited, against moving text through JSON. */
import { diffArticles } from '../../core/model/article/diff/index.ts';
import { parseArticle, type ArticleDoc } from '../../core/model/article/index.ts';
import { inTurn } from './measure.ts';

const SENTENCES = [
  '林阿伯守着半山那片老茶园五十一年，十二岁上山，一辈子没离开过茶。',
  '县文化馆在镇上开办了炒茶技艺传习班，今年已有一百二十六户人家报名。',
  '锅温二百度上下，手不离锅，一锅茶要炒二十分钟。',
  '他说茶是等出来的，等天，也等人。',
  '去年合作社卖出干茶一千二百斤，户均收入八万六千元（来源：镇农业服务中心）。',
];

/** An article of about `chars` characters in paragraphs of about 150; `edited` changes a word, a paragraph, an order. */
function article(chars: number, edited: boolean): { title: string; doc: ArticleDoc } {
  const paragraphs: string[] = [];
  for (let n = 0, i = 0; n < chars; i += 1) {
    let text = `第${String(i + 1)}户。`;
    for (let k = 0; text.length < 150; k += 1) text += SENTENCES[(i + k * 3) % SENTENCES.length] ?? '';
    if (edited && i % 5 === 2)
      text = text.replace('报名', '参加').replace('老茶园', '茶园').replace('二十分钟', '半个钟头');
    paragraphs.push(text);
    n += text.length;
  }
  if (edited) {
    paragraphs.splice(10, 1);
    paragraphs.splice(30, 0, '这一段是审稿以后加上的，说清楚了数字从哪里来。');
    paragraphs.push(...paragraphs.splice(3, 1));
  }
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
  return { title: '半山上的茶', doc: parseArticle({ type: 'doc', content }) };
}

function timed(work: () => void): Promise<number> {
  const start = performance.now();
  work();
  return Promise.resolve(performance.now() - start);
}

export async function benchCompare(rounds: number): Promise<string[]> {
  const lines: string[] = [];
  for (const chars of [10_000, 50_000]) {
    const [a, b] = [article(chars, false), article(chars, true)];
    const { changes } = diffArticles(a, b).stats;
    const result = await inTurn(
      rounds,
      () => timed(() => diffArticles(a, b)),
      () => timed(() => parseArticle(JSON.parse(JSON.stringify(b.doc)))),
    );
    lines.push(
      `compare two versions of ${String(chars)} characters (${String(changes)} changes): ${result.ours.toFixed(0)} ms; checking one of them: ${result.peer.toFixed(0)} ms`,
    );
  }
  return lines;
}
