// The floors hold: code that breaks a rule is refused by the compiler or by dependency-cruiser, code that keeps it is not.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './lib/tree.mjs';

/** Runs a script with Node. Returns its exit code and what it printed. */
function node(cwd, script, ...args) {
  const run = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { code: run.status, text: run.stdout + run.stderr };
}

function write(root, name, text) {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

describe('types of a floor', () => {
  // Inside node_modules/.cache so that packages resolve as they do for the floor itself.
  let dir;
  beforeAll(() => {
    const cache = path.join(ROOT, 'node_modules/.cache');
    fs.mkdirSync(cache, { recursive: true });
    dir = fs.mkdtempSync(path.join(cache, 'floors-'));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

  const packages = {
    'core/model': ['zod', '@orpc/contract', 'prosemirror-model'],
    renderer: [
      'react',
      '@mantine/core',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@tiptap/react',
      '@orpc/client',
    ],
    'electron/preload': ['electron'],
  };

  /** Line numbers (from 1) that the floor's compiler refuses in a file of these lines. */
  function refusedLines(floor, lines) {
    const imports = (packages[floor] ?? []).map((name) => `import '${name}';`);
    const home = path.join(dir, floor.replaceAll('/', '-'));
    write(home, 'probe.ts', [...lines, ...imports].join('\n'));
    const config = { extends: path.join(ROOT, floor, 'tsconfig.json'), include: ['probe.ts'], exclude: [] };
    write(home, 'tsconfig.json', JSON.stringify(config));
    const run = node(home, path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false');
    return [...run.text.matchAll(/^probe\.ts\((\d+),/gm)].map((match) => Number(match[1]));
  }

  const globals = ['window', 'document', 'process', 'Buffer'];
  const known = {
    'core/model': [],
    core: ['process', 'Buffer'],
    server: ['process', 'Buffer'],
    renderer: ['window', 'document'],
    'electron/preload': ['window', 'document'],
  };
  it.each(Object.keys(known))('%s knows only its own globals', (floor) => {
    const refused = refusedLines(
      floor,
      globals.map((name) => `export const ${name}Probe = ${name};`),
    );
    expect(globals.filter((_, index) => !refused.includes(index + 1))).toEqual(known[floor]);
  });

  it('core/model has no Node modules either', () => {
    expect(refusedLines('core/model', ["import fs from 'node:fs';", 'export const probe = fs;'])).toContain(1);
  });
});

describe('imports between floors', () => {
  // file → [what it holds, the rule it breaks or null]
  const CASES = {
    'core/model/a.ts': ["import { b } from '../stories/index.ts'; export const a = b;", 'model-is-pure'],
    'core/model/node.ts': ["import fs from 'node:fs'; export const n = fs;", 'no-node-in-pure-floors'],
    'core/model/npm.ts': ["import ws from 'ws'; export const w = ws;", 'packages-of-core-model'],
    'core/model/good.ts': ["import { z } from 'zod'; export const ok = z.string();", null],
    'core/stories/index.ts': [
      "import { ok } from '../model/good.ts'; import fs from 'node:fs'; export const b = [ok, fs];",
      null,
    ],
    'core/stories/adapter.ts': [
      "import { db } from '../platform/db.ts'; export const x = db;",
      'platform-only-in-composition',
    ],
    'core/stories/type.ts': [
      "import type { Db } from '../platform/db.ts'; export type X = Db;",
      'platform-only-in-composition',
    ],
    'core/stories/deep.ts': [
      "import { h } from '../people/hidden.ts'; export const x = h;",
      'domain-to-domain-by-index',
    ],
    'core/stories/npm.ts': ["import pg from 'pg'; export const x = pg;", 'packages-of-core-domains'],
    'core/people/hidden.ts': ['export const h = 1;', null],
    'core/people/index.ts': ["export { h } from './hidden.ts'; export { b } from '../stories/index.ts';", null],
    'core/platform/db.ts': ["import pg from 'pg'; export const db = pg; export type Db = string;", null],
    'core/platform/up.ts': ["import { h } from '../people/index.ts'; export const x = h;", 'platform-knows-ports'],
    'core/ports/index.ts': ["import { h } from '../people/index.ts'; export const x = h;", 'ports-are-types'],
    'core/shell.ts': ["import { r } from '../renderer/src/good.ts'; export const x = r;", 'core-knows-no-shell'],
    'core/open.ts': ["import { db } from './platform/db.ts'; export const open = db;", null],
    'core/index.ts': ["export { open } from './open.ts';", null],
    'electron/main/good.ts': [
      "import { app } from 'electron'; import { open } from '../../core/index.ts'; export const x = [app, open];",
      null,
    ],
    'electron/main/deep.ts': [
      "import { open } from '../../core/open.ts'; export const x = open;",
      'shells-use-the-front-door',
    ],
    'electron/preload/core.ts': [
      "import { open } from '../../core/index.ts'; export const x = open;",
      'preload-names-only',
    ],
    'electron/preload/node.ts': ["import os from 'node:os'; export const x = os;", 'no-node-in-pure-floors'],
    'server/http/electron.ts': ["import { app } from 'electron'; export const x = app;", 'electron-in-electron-only'],
    'server/http/deep.ts': [
      "import { b } from '../../core/stories/index.ts'; export const x = b;",
      'shells-use-the-front-door',
    ],
    'server/http/good.ts': ["import { open } from '../../core/index.ts'; export const x = open;", null],
    'renderer/src/good.ts': ["import { ok } from '../../core/model/good.ts'; export const r = ok;", null],
    'renderer/src/core.ts': [
      "import { open } from '../../core/index.ts'; export const x = open;",
      'renderer-knows-the-model',
    ],
    'renderer/src/node.ts': ["import fs from 'node:fs'; export const x = fs;", 'no-node-in-pure-floors'],
    'renderer/src/npm.ts': ["import sharp from 'sharp'; export const x = sharp;", 'packages-of-renderer'],
    'server/cli/tests.ts': ["import { t } from '../../tests/help.ts'; export const x = t;", 'nothing-from-tests'],
    'tests/help.ts': ["import { db } from '../core/platform/db.ts'; export const t = db;", null],
    'core/people/anything.test.ts': ["import { db } from '../platform/db.ts'; export const t = db;", null],
    'core/jobs/one.ts': ["import { two } from './two.ts'; export const one = () => two;", 'no-circular'],
    'core/jobs/two.ts': ["import { one } from './one.ts'; export const two = () => one;", null],
    'core/jobs/lonely.ts': ['export const lonely = 1;', 'no-orphans'],
    'core/jobs/missing.ts': ["import { x } from './nowhere.ts'; export const y = x;", 'resolvable'],
  };

  let dir;
  const broken = new Map();
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'floors-'));
    for (const [name, [text]] of Object.entries(CASES)) write(dir, name, text);
    for (const name of ['package.json', 'tsconfig.base.json', 'tsconfig.json'])
      fs.copyFileSync(path.join(ROOT, name), path.join(dir, name));
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
    const bin = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = path.join(ROOT, '.dependency-cruiser.cjs');
    const run = node(
      dir,
      bin,
      '--config',
      config,
      '--output-type',
      'json',
      'core',
      'electron',
      'server',
      'renderer',
      'tests',
    );
    for (const { from, rule } of JSON.parse(run.text.slice(run.text.indexOf('{'))).summary.violations)
      broken.set(from, [...(broken.get(from) ?? []), rule.name]);
  });
  afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

  it.each(Object.entries(CASES).map(([name, [, rule]]) => [name, rule ?? 'nothing', rule]))(
    '%s breaks %s',
    (name, _, rule) => {
      const rules = broken.get(name) ?? [];
      if (rule === null) expect(rules).toEqual([]);
      else expect(rules).toContain(rule);
    },
  );
});
