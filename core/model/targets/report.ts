/** What a target had no place for, told once a block. */
import { blockTexts } from '../article/text.ts';
import type { ArticleNodeJson } from '../article/types.ts';
import type { Lost } from './types.ts';

/** Characters of a block that say where something was. */
const WHERE_CHARS = 40;

export class Report {
  readonly lost: Lost[] = [];
  readonly #told = new Set<string>();
  #where = '';
  #block = 0;

  /** From now on it is this top-level block that is being written. */
  enter(node: ArticleNodeJson): void {
    const [text = ''] = blockTexts({ type: 'doc', content: [node] });
    this.#where = [...text.replace(/\s+/gu, ' ').trim()].slice(0, WHERE_CHARS).join('');
    this.#block += 1;
  }

  /** `what`: a node or mark of the article. `where` when the block's own text says less. */
  lose(what: string, where: string = this.#where): void {
    const key = `${this.#block} ${what} ${where}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.lost.push({ what, where });
  }
}

/** Footnotes in the order their numbers are given, from 1. */
export class Notes {
  readonly texts: string[] = [];

  add(text: string): number {
    return this.texts.push(text);
  }
}
