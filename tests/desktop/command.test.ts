/** `--cli …`: the desktop program as command line, with and without a window beside it. */
import { expect } from 'playwright/test';
import { NO_RUNTIME, program, programArguments, run, test, withoutDisplay } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

test('answers without a display, with nothing else on stdout', async ({ place }) => {
  const { code, stdout } = await run(
    program!,
    programArguments('--cli', 'doctor', '--json'),
    withoutDisplay(place.env),
  );
  const report = JSON.parse(stdout) as { ok: boolean; tools: { name: string }[] };
  expect(report.tools.map((tool) => tool.name)).toEqual(expect.arrayContaining(['ffmpeg', 'ffprobe', 'database']));
  expect(code).toBe(report.ok ? 0 : 1);
});

test('passes the exit code and the error on', async ({ place }) => {
  const { code, stdout } = await run(
    program!,
    programArguments('--cli', 'no-such-command', '--json'),
    withoutDisplay(place.env),
  );
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'wrong_arguments' } });
});

test('joins the window that holds the workspace', async ({ studio: _open, place }) => {
  const words = ['--cli', 'user', 'list', '--workspace', place.workspace, '--json'];
  const { code, stdout } = await run(program!, programArguments(...words), withoutDisplay(place.env));
  expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ role: 'owner' })]);
  expect(code).toBe(0);
});
