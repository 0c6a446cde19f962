/** What a page may not do, tried from the real page. */
import { expect, type ElectronApplication, type Page } from 'playwright/test';
import { NO_RUNTIME, program, test } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

const windows = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Runs something that would leave the page, waits, and answers where the page is. */
async function afterTrying(page: Page, attempt: (target: string) => void, target: string): Promise<string> {
  await page.evaluate(attempt, target).catch(() => undefined);
  await page.waitForTimeout(300);
  return new URL(page.url()).href.split('/').slice(0, 3).join('/');
}

for (const target of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'data:text/html,x']) {
  test(`the page cannot be led to ${target}`, async ({ studio: { app, page } }) => {
    expect(await afterTrying(page, (url) => window.location.assign(url), target)).toBe('app://studio');
    const byLink = (url: string) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
    };
    expect(await afterTrying(page, byLink, target)).toBe('app://studio');
    expect(await page.evaluate((url) => window.open(url) === null, target)).toBe(true);
    const byNewWindow = (url: string) => {
      const link = document.createElement('a');
      link.href = url;
      link.target = '_blank';
      document.body.append(link);
      link.click();
    };
    expect(await afterTrying(page, byNewWindow, target)).toBe('app://studio');
    expect(await windows(app)).toBe(1);
  });
}

test('a page that blanks itself is loaded again', async ({ studio: { page } }) => {
  await page.evaluate(() => window.location.assign('about:blank')).catch(() => undefined);
  const loaded = () => page.evaluate(() => document.querySelector('script') !== null).catch(() => false);
  await expect.poll(loaded).toBe(true);
  expect(page.url()).toMatch(/^app:\/\/studio\//);
});

test('no frame, no webview, no form leads anywhere', async ({ studio: { app, page } }) => {
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    const form = document.createElement('form');
    form.action = 'https://example.com/';
    document.body.append(frame, view, form);
    form.submit();
  });
  await page.waitForTimeout(300);
  expect(page.url()).toMatch(/^app:\/\/studio\//);
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('nothing remote and no file is loaded', async ({ studio: { page } }) => {
  const failed = await page.evaluate(async () => {
    const answers: string[] = [];
    for (const url of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'app://other/']) {
      answers.push(
        await fetch(url).then(
          (r) => `${url} ${r.status}`,
          () => 'failed',
        ),
      );
    }
    return answers;
  });
  expect(failed).toEqual(['failed', 'failed', 'failed', 'failed']);
});

test('the program blocks remote requests even without the policy of the page', async ({ studio: { app } }) => {
  const outcome = await app.evaluate(async ({ BrowserWindow }) => {
    const failures: string[] = [];
    for (const url of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd']) {
      // A window each: the end of a failed load may be told after the next one in the same window has begun, and be taken for its.
      const bare = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
      failures.push(await bare.loadURL(url).then(() => `loaded ${url}`, String));
      bare.destroy();
    }
    return failures;
  });
  expect(outcome).toEqual([
    expect.stringContaining("ERR_BLOCKED_BY_CLIENT (-20) loading 'https://example.com/'"),
    expect.stringContaining("ERR_BLOCKED_BY_CLIENT (-20) loading 'http://127.0.0.1:9/'"),
    expect.stringContaining("ERR_BLOCKED_BY_CLIENT (-20) loading 'file:///etc/passwd'"),
  ]);
});

test('of all permissions the page gets the microphone alone, and never together with a camera', async ({
  studio: { page },
}) => {
  const answers = await page.evaluate(async () => {
    const state = (name: string) =>
      navigator.permissions.query({ name: name as PermissionName }).then(
        (status) => status.state,
        () => 'denied',
      );
    /** The name of the refusal: `NotAllowedError` where it is forbidden, `NotFoundError` where there is no such device. */
    const media = (wish: MediaStreamConstraints) =>
      navigator.mediaDevices.getUserMedia(wish).then(
        (stream) =>
          stream
            .getTracks()
            .map(({ kind }) => kind)
            .join(),
        (error: unknown) => (error as DOMException).name,
      );
    return {
      notification: await Notification.requestPermission(),
      states: [await state('geolocation'), await state('camera'), await state('notifications')],
      microphoneState: await state('microphone'),
      microphone: await media({ audio: true }),
      camera: await media({ video: true }),
      both: await media({ audio: true, video: true }),
      screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
        () => 'given',
        () => 'denied',
      ),
      location: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('denied'),
        );
      }),
    };
  });
  expect(['audio', 'NotFoundError', 'NotReadableError']).toContain(answers.microphone);
  expect(answers.camera).not.toBe('video');
  expect(answers.both).not.toContain('video');
  expect(answers).toMatchObject({
    notification: 'denied',
    states: ['denied', 'denied', 'denied'],
    microphoneState: 'granted',
    screen: 'denied',
    location: 'denied',
  });
});

test('no inline and no evaluated script runs', async ({ studio: { page } }) => {
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          const compile = Reflect.get(window, 'Function') as unknown as (code: string) => () => string;
          resolve(compile('return "ran"')());
        } catch {
          resolve('refused');
        }
      });
    });
    const inline: unknown = Reflect.get(window, 'inlineRan') ?? 'refused';
    return [inline, evaluated];
  });
  expect(ran).toEqual(['refused', 'refused']);
});

test('the page is served with its headers, and only files of the page are', async ({ studio: { page } }) => {
  const answers = await page.evaluate(async () => {
    const head = async (url: string) => {
      const response = await fetch(url);
      return [response.status, response.headers.get('content-type')];
    };
    const response = await fetch('/');
    return {
      headers: [
        'content-security-policy',
        'x-content-type-options',
        'cross-origin-opener-policy',
        'cross-origin-embedder-policy',
      ].map((name) => response.headers.get(name)),
      route: await head('/stories/018f'),
      missing: await head('/assets/none.js'),
      escape: await head('/..%2fmain%2findex.js'),
      escape2: await head('/%2e%2e/%2e%2e/package.json'),
      backslash: await head('/..%5cmain%5cindex.js'),
    };
  });
  expect(answers.headers).toEqual([
    expect.stringContaining("default-src 'none'"),
    'nosniff',
    'same-origin',
    'require-corp',
  ]);
  expect(answers.route).toEqual([200, 'text/html; charset=utf-8']);
  expect([answers.missing[0], answers.escape[0], answers.escape2[0], answers.backslash[0]]).toEqual([
    404, 404, 404, 404,
  ]);
});
