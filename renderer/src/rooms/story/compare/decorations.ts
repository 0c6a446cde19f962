/**
 * What a comparison looks like in the new article: words that came are marked where they stand, words that went are put
 * back struck through, each changed block has a tag that says how it changed, long unchanged runs are folded.
 */
import { DOMSerializer, type Node } from '@tiptap/pm/model';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { ArticleChange, ArticleDiff } from '../../../../../core/model/article/diff/index.ts';

export interface CompareWords {
  /** "2 / 9 · reworded" on the tag of a change. */
  tag: (index: number, kind: ArticleChange['kind']) => string;
  /** What the tag is called when read out. */
  tagLabel: (index: number, kind: ArticleChange['kind']) => string;
  fold: (blocks: number) => string;
}

export interface CompareLook {
  diff: ArticleDiff;
  before: Node;
  after: Node;
  /** Index into `diff.changes`, or null. */
  current: number | null;
  fold: boolean;
  /** First blocks of the runs that were unfolded. */
  unfolded: ReadonlySet<number>;
  words: CompareWords;
  onPick: (index: number) => void;
  onUnfold: (block: number) => void;
}

/** Unchanged blocks shown on either side of a change; a run that hides fewer than three is not folded. */
const CONTEXT = 1;
const MIN_HIDDEN = 3;

/** Position before each top-level block, and after the last. */
function starts(doc: Node): number[] {
  const all: number[] = [];
  doc.forEach((_, offset) => all.push(offset));
  return [...all, doc.content.size];
}

function tagOf(look: CompareLook, index: number, change: ArticleChange): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cmp-tag';
  button.dataset['change'] = String(index);
  button.dataset['kind'] = change.kind;
  if (index === look.current) button.setAttribute('aria-current', 'true');
  button.setAttribute('aria-label', look.words.tagLabel(index, change.kind));
  button.textContent = look.words.tag(index, change.kind);
  button.addEventListener('click', () => look.onPick(index));
  return button;
}

/** Where only certain elements may stand, what went is put into one of them. */
const WRAP: Record<string, string> = { bulletList: 'li', orderedList: 'li', table: 'tr', tableRow: 'td' };

function wrapped(parent: Node, child: HTMLElement): HTMLElement {
  const tag = WRAP[parent.type.name];
  if (tag === undefined) return child;
  const outer = document.createElement(tag);
  const inner = tag === 'tr' ? outer.appendChild(document.createElement('td')) : outer;
  inner.append(child);
  return outer;
}

const isInline = (node: Node): boolean => node.isInline;

/** What stood between two positions of the old article. Whole lines are shown as text, words with their marks. */
function deletedDom(before: Node, from: number, to: number): HTMLElement {
  const del = document.createElement('del');
  del.className = 'cmp-del';
  const { content } = before.slice(from, to);
  if (content.content.every(isInline)) {
    DOMSerializer.fromSchema(before.type.schema).serializeFragment(content, {}, del);
  } else {
    del.classList.add('lines');
    del.textContent = before.textBetween(from, to, '\n', leafText).trim();
  }
  return del;
}

function leafText(node: Node): string {
  const { caption, alt, text } = node.attrs as { caption?: string; alt?: string; text?: string };
  return caption || alt || text || '';
}

function deletedBlock(look: CompareLook, index: number, change: ArticleChange): HTMLElement {
  const section = document.createElement('div');
  section.className = 'cmp-gone';
  section.append(tagOf(look, index, change));
  const del = document.createElement('del');
  del.className = 'cmp-del block';
  const block = look.before.child(change.a ?? 0);
  if (block.isLeaf) del.textContent = change.before;
  else del.append(DOMSerializer.fromSchema(look.before.type.schema).serializeNode(block));
  section.append(del);
  return section;
}

/** Marks of the words of a range, and of the pictures and other leaves in it. */
function marked(doc: Node, from: number, to: number, tag: 'ins' | 'span', name: string): Decoration[] {
  const all = from < to ? [Decoration.inline(from, to, { nodeName: tag, class: name })] : [];
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isBlock && node.isLeaf && pos >= from) {
      all.push(Decoration.node(pos, pos + node.nodeSize, { class: `${name} leaf` }));
    }
  });
  return all;
}

function insideBlock(look: CompareLook, change: ArticleChange, index: number, a: number, b: number): Decoration[] {
  return change.edits.flatMap((edit, n) => {
    const [from, to] = [b + edit.fromB, b + edit.toB];
    if (edit.kind === 'marks') return marked(look.after, from, to, 'span', 'cmp-marks');
    if (edit.kind === 'attrs') return [];
    const gone = look.before.textBetween(a + edit.fromA, a + edit.toA, '\n', leafText).trim() !== '';
    const at = Math.min(from, b + look.after.child(change.b ?? 0).nodeSize - 1);
    const widget = Decoration.widget(
      at,
      () => wrapped(look.after.resolve(at).parent, deletedDom(look.before, a + edit.fromA, a + edit.toA)),
      { side: -1, key: `del-${index}-${n}`, marks: [] },
    );
    return [...(gone ? [widget] : []), ...marked(look.after, from, to, 'ins', 'cmp-ins')];
  });
}

function changeDecorations(look: CompareLook, startsA: readonly number[], startsB: readonly number[]): Decoration[] {
  return look.diff.changes.flatMap((change, index) => {
    if (change.blockId === 'title') return [];
    const key = `${index}-${change.kind}-${String(look.current === index)}-${look.diff.changes.length}`;
    const at = startsB[change.at] ?? 0;
    if (change.b === null) {
      return [Decoration.widget(at, () => deletedBlock(look, index, change), { side: -1, key: `gone-${key}` })];
    }
    const block = look.after.child(change.b);
    const [from, to] = [startsB[change.b] ?? 0, (startsB[change.b] ?? 0) + block.nodeSize];
    const tag = Decoration.widget(at, () => tagOf(look, index, change), { side: -0.5, key: `tag-${key}` });
    const frame = Decoration.node(from, to, {
      class: index === look.current ? 'cmp-block current' : 'cmp-block',
      'data-kind': change.kind,
    });
    const inside =
      change.kind === 'inserted'
        ? marked(look.after, from, to, 'ins', 'cmp-ins')
        : insideBlock(look, change, index, startsA[change.a ?? 0] ?? 0, from);
    return [tag, frame, ...inside];
  });
}

function foldTag(look: CompareLook, first: number, blocks: number): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cmp-fold';
  button.textContent = look.words.fold(blocks);
  button.addEventListener('click', () => look.onUnfold(first));
  return button;
}

/** Runs of unchanged blocks, as [first, behind the last). What was deleted counts as a change of its neighbours. */
export function foldedRuns(diff: ArticleDiff, blocks: number): [number, number][] {
  const near = new Set<number>();
  for (const { at, b } of diff.changes.filter((change) => change.blockId !== 'title')) {
    // What was deleted stands between two blocks, everything else at one.
    const [first, last] = b === null ? [at - CONTEXT, at + CONTEXT - 1] : [at - CONTEXT, at + CONTEXT];
    for (let i = first; i <= last; i++) near.add(i);
  }
  const runs: [number, number][] = [];
  for (let i = 0; i < blocks; i++) {
    if (near.has(i)) continue;
    const from = i;
    while (i < blocks && !near.has(i)) i++;
    if (i - from >= MIN_HIDDEN) runs.push([from, i]);
  }
  return runs;
}

/** Every decoration of the comparison, for an editor that shows the new article. */
export function compareDecorations(look: CompareLook): DecorationSet {
  const [startsA, startsB] = [starts(look.before), starts(look.after)];
  const all = changeDecorations(look, startsA, startsB);
  const runs = look.fold ? foldedRuns(look.diff, look.after.childCount) : [];
  for (const [from, to] of runs.filter(([first]) => !look.unfolded.has(first))) {
    const tag = Decoration.widget(startsB[from] ?? 0, () => foldTag(look, from, to - from), {
      side: 1,
      key: `fold-${from}-${to}`,
    });
    all.push(tag);
    for (let i = from; i < to; i++) {
      const start = startsB[i] ?? 0;
      all.push(Decoration.node(start, start + look.after.child(i).nodeSize, { class: 'cmp-hidden' }));
    }
  }
  return DecorationSet.create(look.after, all);
}
