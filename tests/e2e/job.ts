/**
 * The whole job on a screen, with clicks and keys, the same in a browser and in the desktop window: a workspace and its
 * people, an article from Word, three clips cut into a film with captions, three signatures, a package, and a change
 * afterwards that does not go out.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from 'playwright/test';
import { shot } from './axe.ts';

/** What differs between a browser and the desktop window. */
export interface Hands {
  /** Does `click`, which asks for files, and gives it these. */
  choose(files: readonly string[], click: () => Promise<void>): Promise<void>;
}

export interface Job {
  page: Page;
  hands: Hands;
  samples: string;
  /** Folder of the new workspace. */
  workspace: string;
  /** The checkout, for the command line. */
  root: string;
  env: NodeJS.ProcessEnv;
}

const OFFICE = '岚溪县融媒体中心';
const REVIEWERS = ['何静文', '陶然', '程予安'] as const;
const CHECKS = ['政治', '法律', '政策', '保密', '文字', '舆情'];
const PIN = '2468';
export const JOB_CLIPS = ['phone-vertical-vfr.mp4', 'cockatoo.mp4', 'talk-720p30.mp4'] as const;
const TITLE = '走好网络群众路线';

const room = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: new RegExp(`^${name}`) });
const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
const saved = (page: Page) => expect(page.getByText(/^已保存/)).toBeVisible();

export async function makeWorkspace({ page, workspace }: Job): Promise<void> {
  await page.getByRole('button', { name: '选择文件夹' }).first().click();
  await page.getByLabel('单位名称').fill(OFFICE);
  await page.getByLabel('放在哪个文件夹').fill(workspace);
  await page.getByRole('button', { name: '建好并打开' }).click();
  await expect(page.getByRole('heading', { name: '还没有稿件' })).toBeVisible();
  await room(page, '设置').click();
  await page.getByRole('tab', { name: '人员' }).click();
  for (const name of REVIEWERS) {
    await page.getByRole('button', { name: '添加人员' }).click();
    const form = page.getByRole('form', { name: '添加人员' });
    await form.getByLabel('姓名').fill(name);
    await form.getByRole('combobox', { name: '身份' }).click();
    await page.getByRole('option', { name: '审核' }).click();
    await form.getByLabel('PIN').fill(PIN);
    await form.getByRole('button', { name: '添加', exact: true }).click();
    await expect(page.getByText(`已添加 ${name}`)).toBeVisible();
  }
}

export async function writeArticle({ page, hands, samples }: Job): Promise<void> {
  await room(page, '稿件').click();
  await hands.choose([path.join(samples, 'text/real-article.docx')], () =>
    page.getByRole('button', { name: '导入 Word 或网页' }).click(),
  );
  const title = page.getByLabel('标题', { exact: true });
  await expect(title).toHaveValue(/走好网络群众路线/);
  await title.fill(TITLE);
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(body.locator('img').first()).toBeVisible();
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('这一句是送审前补写的。');
  await saved(page);
}

/** Two seconds of each clip, six in all, with captions from a file. */
export async function cutFilm({ page, hands, samples }: Job): Promise<void> {
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  await expect(page.getByText('先选一段素材')).toBeVisible();
  const files = JOB_CLIPS.map((name) => path.join(samples, 'video', name));
  await hands.choose(files, () => page.getByRole('button', { name: '导入素材' }).first().click());
  for (const [i, name] of JOB_CLIPS.entries()) {
    const cell = page.getByRole('button', { name: new RegExp(name) });
    await expect(cell).toBeVisible({ timeout: 90_000 });
    await cell.dblclick();
    await expect(clips(page)).toHaveCount(i + 1);
  }
  // Off the bin: from here on the keys are the room's.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  for (const i of JOB_CLIPS.keys()) {
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('w');
    await expect(clips(page).nth(i)).toHaveAccessibleName(/ 2\.\d 秒|，2\.\d 秒/);
  }
  await hands.choose([path.join(samples, 'captions/plain.srt')], () =>
    page.getByRole('button', { name: '导入字幕' }).click(),
  );
  await expect(page.getByRole('list', { name: '字幕列表' }).getByText('清晨五点，茶园的雾还没有散。')).toBeVisible();
  await saved(page);
}

/** Signs in as somebody with a PIN, or as the office's owner, who has none. */
async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /账号菜单/ }).click();
  await page.getByRole('menuitem', { name: '换一位同事' }).click();
  const person = page.getByRole('list', { name: '人员' }).getByRole('button', { name });
  await person.click();
  if (name === OFFICE) await page.getByRole('button', { name: '进入' }).click();
  else {
    await page.getByLabel(`${name} 的 PIN`).fill(PIN);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: `${name}，账号菜单` })).toBeVisible();
}

/** Beside the film those who review see the cover of each shape, as it will be made. */
async function seeCovers(page: Page): Promise<void> {
  await page
    .getByRole('radiogroup', { name: '送审的内容' })
    .getByText(/^视频：/)
    .click();
  const covers = page.getByRole('region', { name: '封面' });
  await expect(covers.getByText(/没有选定封面，自动取第 .* 秒的画面/)).toBeVisible({ timeout: 60_000 });
  const shown = covers.getByRole('button', { name: /封面/ }).locator('img');
  await expect(shown).toHaveCount(5, { timeout: 60_000 });
  for (const width of await shown.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)))
    expect(width).toBeGreaterThan(100);
  await shot(page, 'review-covers');
  await covers.getByRole('button', { name: /^3:4 封面/ }).click();
  await expect(page.getByRole('dialog', { name: /^3:4 封面/ }).getByRole('img', { name: /^3:4/ })).toBeVisible();
  await page.keyboard.press('Escape');
}

export async function goThroughReview({ page }: Job): Promise<void> {
  await room(page, '稿件').click();
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await expect(page.getByText('1 个视频', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '送审这一份' }).click();
  await expect(page.getByText('已送审，等初审')).toBeVisible();
  for (const name of REVIEWERS) {
    await become(page, name);
    await room(page, '审核').click();
    await page.getByRole('button', { name: '去审' }).first().click();
    await expect(page.getByLabel('手机上看到的样子').getByText('这一句是送审前补写的。')).toBeAttached();
    if (name === REVIEWERS[0]) await seeCovers(page);
    const panel = page.getByRole('complementary', { name: '审核' });
    for (const check of CHECKS) await panel.getByRole('checkbox', { name: check }).check();
    await panel.getByLabel('意见').fill(`${name}：同意。`);
    await panel.getByRole('button', { name: '通过' }).click();
    const last = name === REVIEWERS.at(-1);
    await expect(page.getByText(last ? /全部通过，可以出包了/ : /已通过/).first()).toBeVisible();
  }
}

/** Both targets; answers the folder of the package. */
export async function makePackage({ page, workspace, root, env }: Job): Promise<string> {
  await become(page, OFFICE);
  await room(page, '发布包').click();
  await page.getByRole('button', { name: '去出包' }).first().click();
  await expect(page.getByText('与签发的内容一致')).toBeVisible();
  await page.getByRole('button', { name: '导出 2 个' }).click();
  await expect(page.getByText(/的发布包做好了/)).toBeVisible({ timeout: 180_000 });
  await page.getByRole('button', { name: '核对' }).first().click();
  await expect(page.getByText('核对过了，每个字节都和签发的一样。')).toBeVisible({ timeout: 30_000 });
  // The command line says the same, as a client of the program that holds the workspace.
  const exports = path.join(workspace, 'exports');
  const [made] = readdirSync(exports).filter((name) => !name.startsWith('.'));
  const dir = path.join(exports, made ?? '');
  const tongxin = (...argv: string[]): unknown => {
    const args = [path.join(root, 'scripts/tongxin.mjs'), ...argv, '--workspace', workspace, '--json'];
    return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
  };
  const key = path.join(workspace, '..', 'key.pem');
  writeFileSync(key, (tongxin('key', 'export') as { publicKey: string }).publicKey);
  expect(tongxin('verify', dir, '--key', key)).toMatchObject({ ok: true, problems: [] });
  return dir;
}

export async function changeAfterwards({ page }: Job): Promise<void> {
  await room(page, '稿件').click();
  await page.getByRole('link', { name: TITLE }).click();
  const body = page.getByRole('textbox', { name: '正文' });
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('签发以后又添的一句。');
  await saved(page);
  await room(page, '发布包').click();
  await page.getByRole('link', { name: TITLE }).first().click();
  await expect(page.getByText('和签发的内容不一致')).toBeVisible();
  await expect(page.getByRole('button', { name: /^导出 \d/ })).toHaveCount(0);
}

export async function wholeJob(job: Job): Promise<string> {
  await makeWorkspace(job);
  await writeArticle(job);
  await cutFilm(job);
  await goThroughReview(job);
  const dir = await makePackage(job);
  await changeAfterwards(job);
  return dir;
}
