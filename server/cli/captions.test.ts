/** `captions convert` and `captions check`, on the sample files and on bad ones. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../shared/samples/captions');
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.info(`The caption samples are not in ${SAMPLES}; their tests are skipped.`);

let dir = '';
const at = (): { cwd: string } => ({ cwd: dir });
const out = (name: string): Promise<string> => readFile(path.join(dir, name), 'utf8');
const PLAIN = '1\n00:00:01,000 --> 00:00:03,200\n一\n';

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'tongxin-captions-'));
  await writeFile(path.join(dir, 'plain.srt'), PLAIN);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe.skipIf(!hasSamples)('the samples', () => {
  const convert = async (name: string, to: string): Promise<[number, string[]]> => {
    const { cues, repairs } = await answerOf(
      'captions-convert',
      ['captions', 'convert', path.join(SAMPLES, name), to],
      at(),
    );
    return [cues, repairs.map(({ code }) => code)];
  };
  it.each([
    ['plain.srt', []],
    ['bom-crlf.srt', ['byte_order_mark', 'line_ends']],
    ['dot-milliseconds.srt', ['time_separator']],
    ['gb18030.srt', ['encoding_converted']],
  ])('%s', async (name, repairs) => {
    expect(await convert(name, 'out.srt')).toEqual([3, repairs]);
    expect(await out('out.srt')).toBe(await readFile(path.join(SAMPLES, 'plain.srt'), 'utf8'));
  });
  it.each([
    ['no-blank-line.srt', ['missing_blank_line']],
    ['no-index.srt', ['missing_index']],
  ])('%s', async (name, repairs) => {
    expect(await convert(name, 'out.srt')).toEqual([2, repairs]);
    expect(await out('out.srt')).toBe(
      '1\n00:00:01,000 --> 00:00:03,200\n清晨五点\n\n2\n00:00:03,400 --> 00:00:06,000\n上山\n',
    );
  });
  it('styled.ass', async () => {
    expect(await convert('styled.ass', 'out.srt')).toEqual([
      2,
      ['look_dropped', 'inline_style_dropped', 'speakers_not_written'],
    ]);
    expect(await out('out.srt')).not.toMatch(/[{}\\]/);
  });
  it('two-speakers.vtt', async () => {
    expect(await convert('two-speakers.vtt', 'out.vtt')).toEqual([2, ['notes_dropped']]);
    expect(await out('out.vtt')).toBe(
      'WEBVTT\n\nq1\n00:00:01.000 --> 00:00:03.200 line:0 align:start\n<v 记者>您种了多少年茶？\n\n00:00:03.400 --> 00:00:06.000\n<v 老周><i>三十一年了。</i>\n',
    );
  });
  it('every sample into every format', async () => {
    for (const name of await readdir(SAMPLES)) {
      for (const format of ['srt', 'vtt', 'ass', 'ttml', 'txt', 'lrc']) {
        const [cues] = await convert(name, `every.${format}`);
        expect(
          (await answerOf('captions-convert', ['captions', 'convert', `every.${format}`, 'back.srt'], at())).cues,
        ).toBe(cues);
        const bytes = await readFile(path.join(dir, `every.${format}`));
        expect([bytes[0] === 0xef, bytes.includes(13)]).toEqual([false, false]);
      }
    }
  });
  it('are all comfortable to read', async () => {
    // Full stops are there, which captions can do without; that is a matter of taste and no finding here.
    expect(
      await answerOf('captions-check', ['captions', 'check', path.join(SAMPLES, 'plain.srt'), '--lang', 'zh'], at()),
    ).toEqual([]);
  });
});

describe('captions convert', () => {
  it('writes over an older file, and says so to people', async () => {
    await writeFile(path.join(dir, 'old.vtt'), 'old');
    const run = await tongxin(['captions', 'convert', 'plain.srt', 'old.vtt', '--language', 'zh'], at());
    expect(run).toEqual({ code: 0, stdout: '已写入 1 条字幕：old.vtt\n', stderr: '' });
    expect(await out('old.vtt')).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:03.200\n一\n');
  });

  it.each<[string, string[], 1 | 2, string]>([
    ['no file', ['nothing.srt', 'out.vtt'], 2, 'file_missing'],
    ['a folder as the file', ['folder.srt', 'out.vtt'], 2, 'file_unreadable'],
    ['no folder to write to', ['plain.srt', 'nowhere/out.vtt'], 2, 'file_missing'],
    ['a folder in the place of OUT', ['plain.srt', 'folder.srt'], 1, 'not_writable'],
    ['an ending that is no caption format', ['plain.srt', 'out.docx'], 1, 'unsupported_format'],
    ['a file that is no caption format', ['plain.docx', 'out.srt'], 1, 'unsupported_format'],
    ['an empty file', ['empty.srt', 'out.vtt'], 1, 'empty_file'],
    ['text without captions', ['words.srt', 'out.vtt'], 1, 'not_captions'],
    ['one argument', ['plain.srt'], 2, 'wrong_arguments'],
  ])('%s', async (_what, args, code, error) => {
    await mkdir(path.join(dir, 'folder.srt'), { recursive: true });
    await writeFile(path.join(dir, 'plain.docx'), PLAIN);
    await writeFile(path.join(dir, 'empty.srt'), '');
    await writeFile(path.join(dir, 'words.srt'), '只有文字');
    await rm(path.join(dir, 'out.vtt'), { force: true });
    const before = (await readdir(dir)).sort();
    expect((await refusalOf(['captions', 'convert', ...args], code, at())).code).toBe(error);
    expect((await readdir(dir)).sort()).toEqual(before);
  });

  it('names the file as it was given', async () => {
    const refusal = await refusalOf(['captions', 'convert', './words.srt', 'out.vtt'], 1, at());
    expect(refusal).toMatchObject({
      files: ['./words.srt'],
      message: expect.stringContaining('./words.srt') as string,
    });
  });
});

describe('captions check', () => {
  it('answers findings and exit 0', async () => {
    await writeFile(
      path.join(dir, 'fast.srt'),
      PLAIN.replace('03,200', '01,300').replace('一', '这一条太快也太长了一行放不下这么多字'),
    );
    const findings = await answerOf('captions-check', ['captions', 'check', 'fast.srt'], at());
    expect(findings.map(({ cue, rule }) => [cue, rule])).toEqual([
      [1, 'line_too_long'],
      [1, 'too_short'],
      [1, 'too_fast'],
    ]);
    const run = await tongxin(['captions', 'check', 'fast.srt'], at());
    expect([run.code, run.stdout.split('\n').length]).toEqual([0, 4]);
  });
  it('knows Chinese only', async () => {
    expect((await refusalOf(['captions', 'check', 'plain.srt', '--lang', 'fr'], 2, at())).code).toBe('wrong_arguments');
  });
});
