/** axe in a page: its serious and critical findings as readable lines. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  violations: { id: string; impact: string | null; nodes: { target: unknown; failureSummary?: string }[] }[];
}

/** `rules`: only these; default all. The script goes in by the debugger: the page's own policy refuses foreign ones. */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(source);
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) };
  const run = await page.evaluate<AxeRun>(`axe.run(document, ${JSON.stringify(options)})`);
  return run.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${JSON.stringify(n.target)} ${n.failureSummary ?? ''}`));
}

/**
 * Waits until nothing moves: fonts and pictures are there, and what fades has faded. Asked of the page itself: that no request is
 * under way the debugger does not always learn of one that a worker made (once it waited for it to a test's end).
 */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const pictures = [...document.images].filter(({ loading }) => loading !== 'lazy');
    const moving = document
      .getAnimations()
      .filter(
        ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity,
      );
    return (
      document.readyState === 'complete' &&
      document.fonts.status === 'loaded' &&
      pictures.every(({ complete }) => complete) &&
      moving.length === 0
    );
  });
  await page.waitForTimeout(400);
}

/** A picture of the screen, settled, for whoever looks: TONGXIN_SHOTS names the folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const dir = process.env['TONGXIN_SHOTS'];
  if (dir === undefined) return;
  mkdirSync(dir, { recursive: true });
  await settle(page);
  await page.screenshot({ path: path.join(dir, `${name}.png`) });
}
