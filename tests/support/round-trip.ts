/** What an article says and how, feature by feature, so that two of them can be compared. */
import { walk, inlineText, articleText } from '../../core/model/article/text.ts';
import type { ArticleDoc, ArticleNodeJson } from '../../core/model/article/types.ts';

/** Containers whose words are their lines'. */
const textOf = (node: ArticleNodeJson): string => articleText({ type: 'doc', content: [node] });

function valuesOf(node: ArticleNodeJson): [string, string][] {
  const found: [string, string][] = [[node.type, node.type === 'image' ? 'picture' : textOf(node)]];
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    const said = value !== null && value !== '' && value !== false && name !== 'assetId' && name !== 'projectId';
    const trivial = (name === 'colspan' || name === 'rowspan' || name === 'start') && value === 1;
    if (said && !trivial) found.push([`${node.type}.${name}`, JSON.stringify(value)]);
  }
  return found;
}

/** Runs of a mark, as the words under it. */
function markedIn(node: ArticleNodeJson): [string, string][] {
  const found: [string, string][] = [];
  let before = new Map<string, number>();
  for (const child of node.content ?? []) {
    const now = new Map<string, number>();
    for (const mark of child.marks ?? []) {
      const key = `${mark.type} ${JSON.stringify(mark.attrs ?? {})}`;
      const at = before.get(key) ?? found.push([mark.type, `${JSON.stringify(mark.attrs ?? {})} `]) - 1;
      const run = found[at];
      if (run) run[1] += child.text ?? '';
      now.set(key, at);
    }
    before = now;
  }
  return found;
}

/** Every value of every feature: node types (by their words), attributes, marks (by the words under them). */
export function featuresOf(doc: ArticleDoc): Map<string, string[]> {
  const features = new Map<string, string[]>();
  for (const node of walk(doc.content)) {
    if (node.type === 'text') continue;
    for (const [name, value] of [...valuesOf(node), ...markedIn(node)]) {
      features.set(name, [...(features.get(name) ?? []), value]);
    }
  }
  return features;
}

/** Features of `before` that are not in `after` value by value, sorted. Where they stand does not matter. */
export function lostFeatures(before: ArticleDoc, after: ArticleDoc): string[] {
  const there = featuresOf(after);
  return [...featuresOf(before)]
    .filter(([name, values]) => {
      const left = [...(there.get(name) ?? [])];
      return !values.every((value) => {
        const at = left.indexOf(value);
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
      });
    })
    .map(([name]) => name)
    .sort();
}

/** Words of every line of `before` that are found nowhere in `after`. */
export function lostWords(before: ArticleDoc, after: ArticleDoc): string[] {
  const flat = (text: string): string => text.replace(/\s+/gu, '');
  const whole = flat(articleText(after));
  return [...walk(before.content)]
    .filter((node) => (node.content ?? []).some((child) => child.type === 'text'))
    .flatMap((node) => inlineText(node).split('\n'))
    .filter((line) => !whole.includes(flat(line)));
}
