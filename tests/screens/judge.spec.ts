/** The judge itself: it must find each kind of fault, and nothing on a sound page. */
import { expect, test } from 'playwright/test';
import { judge } from './judge.ts';

const page = (body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><title>x</title></head><body style="margin:0;background:#fff;color:#111"><main>${body}</main></body></html>`;

const CASES: [name: string, html: string, expected: RegExp][] = [
  ['a key nobody translated', '<p>stories.empty.title</p>', /untranslated key: stories\.empty\.title/],
  [
    'text cut by a hard edge',
    '<p style="width:40px;overflow:hidden;white-space:nowrap">很长很长的一段标题文字</p>',
    /clipped/,
  ],
  [
    'text outside the window',
    '<p style="position:absolute;left:1270px;white-space:nowrap">伸出窗口的字</p>',
    /outside the window/,
  ],
  [
    'a button on a button',
    '<button style="width:80px;height:30px">保存</button><button style="width:80px;height:30px;margin-left:-60px">取消</button>',
    /overlapping/,
  ],
  [
    'two primary actions',
    '<button class="mantine-Button-root" data-variant="filled">一</button> <button class="mantine-Button-root" data-variant="filled">二</button>',
    /2 primary buttons/,
  ],
  ['contrast below AA', '<p style="color:#bbb">看不清的字</p>', /color-contrast/],
];

for (const [name, html, expected] of CASES) {
  test(`finds ${name}`, async ({ page: tab }) => {
    await tab.setContent(page(html));
    expect((await judge(tab)).join('\n')).toMatch(expected);
  });
}

test('finds nothing in what is scrolled away under a bar', async ({ page: tab }) => {
  const bar = '<div style="height:40px"><button style="width:90px;height:40px">提交</button></div>';
  const list =
    '<div id="list" tabindex="0" style="height:60px;overflow:auto"><button style="width:90px;height:40px">一</button><p style="height:300px">字</p></div>';
  await tab.setContent(page(bar + list));
  await tab.evaluate(() => document.getElementById('list')?.scrollTo(0, 35));
  expect(await judge(tab)).toEqual([]);
});

test('finds nothing on a sound page', async ({ page: tab }) => {
  await tab.setContent(page('<h1>稿件</h1><p>一段看得清的字。</p><button>保存</button> <button>取消</button>'));
  expect(await judge(tab)).toEqual([]);
});
