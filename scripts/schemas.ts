/**
 * `npm run schemas`: writes the JSON Schema of every answer of the command line to `docs/cli`, from the
 * zod shapes the tests hold real answers against.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ANSWERS } from '../server/cli/answers.ts';

export const SCHEMA_DIR = path.resolve(import.meta.dirname, '../docs/cli');

/** What each answer is, for the reader of the schema. */
const TITLES: Record<keyof typeof ANSWERS, string> = {
  error: 'Any command that exits with 1 or 2 (files: as they were named; details: depend on the code)',
  init: 'tongxin init',
  'user-add': 'tongxin user add',
  'user-list': 'tongxin user list',
  'key-export': 'tongxin key export (publicKey: SPKI PEM)',
  'key-status': 'tongxin key status, protect, unprotect: how the key is kept afterwards (docs/adr/0010-key-vault.md)',
  doctor: 'tongxin doctor (error: present when ok is false)',
  check: 'tongxin check (error: present when ok is false)',
  sample: 'tongxin sample',
  'story-import': 'tongxin story import',
  'story-list': 'tongxin story list',
  'media-import': 'tongxin media import: one entry a file, in the order they were named',
  'media-list': 'tongxin media list',
  'video-new': 'tongxin video new (durationUs: microseconds)',
  'video-show': 'tongxin video show: the timeline document (docs/TIMELINE.md)',
  'video-edit': 'tongxin video edit (versionHash: SHA-256 of the canonical timeline)',
  'video-list': 'tongxin video list',
  'review-submit': 'tongxin review submit (versionHash, manifestHash: SHA-256, see docs/REVIEW.md)',
  'review-status': 'tongxin review status, sign, return, withdraw, revoke: where the story stands afterwards',
  package: 'tongxin package (paths of files are relative to dir)',
  verify: 'tongxin verify (error: present when ok is false: package_altered, signer_unknown, not_approved)',
  'audit-head': 'tongxin audit head',
  'audit-verify': 'tongxin audit verify (error: present when ok is false)',
  'captions-convert': 'tongxin captions convert (cues: how many were written)',
  'captions-check': 'tongxin captions check (cue: its number in order of time, from 1)',
  'article-diff':
    'tongxin article diff (blockId: bN is block N of B, aN block N of A that B has not, both from 0; title; before, after: plain text)',
  render: 'tongxin render (times in microseconds; cpuSeconds: user + system of every ffmpeg process with its threads)',
  'article-render':
    'tongxin article render (paths relative to DIR; chars: UTF-16 units, bytes: UTF-8, of what is pasted or sent)',
  'render-explain': 'tongxin render --explain: the plan (core/ports/video.ts)',
};

/** File name and text of every schema. */
export function schemaFiles(): { name: string; text: string }[] {
  return Object.entries(ANSWERS).map(([name, shape]) => {
    const { $schema, ...rest } = z.toJSONSchema(shape, { io: 'output' });
    const document = { $schema, $id: `${name}.schema.json`, title: TITLES[name as keyof typeof ANSWERS], ...rest };
    return { name: `${name}.schema.json`, text: `${JSON.stringify(document, null, 2)}\n` };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(SCHEMA_DIR, { recursive: true });
  for (const { name, text } of schemaFiles()) writeFileSync(path.join(SCHEMA_DIR, name), text);
}
