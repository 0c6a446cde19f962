// `npm run sizes`: lists files above 300 lines and functions above 60 (the soft limits; 600 and 120 are lint errors).
// A list to look at, never a failure.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT, files, relative } from './lib/tree.mjs';

const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const FOLDERS = ['core', 'electron', 'server', 'renderer', 'scripts', 'tests'];

/** Named functions of a source text longer than `limit` lines (blank lines and comment-only lines not counted). */
export function longFunctions(text, fileName, limit = FUNCTION_LINES) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const counts = text.split('\n').map((line) => !/^\s*(?:$|\/\/|\*|\/\*)/.test(line));
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const last = source.getLineAndCharacterOfPosition(node.end).line;
      const lines = counts.slice(first, last + 1).filter(Boolean).length;
      const name = node.name?.getText(source) ?? node.parent.name?.getText(source) ?? 'anonymous';
      if (lines > limit) found.push({ name, line: first + 1, lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What is above the soft limits, one sentence a finding. Test files' callbacks are left out: they are lists of cases. */
export function sizeNotes() {
  const notes = [];
  for (const folder of FOLDERS) {
    for (const file of files(path.join(ROOT, folder))) {
      if (!/\.(?:tsx?|mjs)$/.test(file)) continue;
      const name = relative(file);
      const text = fs.readFileSync(file, 'utf8');
      const lines = text.split('\n').length - 1;
      if (lines > FILE_LINES) notes.push(`${name}: ${lines} lines`);
      if (/\.test\.|^tests\//.test(name)) continue;
      for (const found of longFunctions(text, file))
        notes.push(`${name}:${found.line}: ${found.name} has ${found.lines} lines`);
    }
  }
  return notes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const note of sizeNotes()) console.log(note);
}
