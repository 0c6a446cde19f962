/** `app://` and `media://`, the only two schemes a window loads from. */
import { readFile } from 'node:fs/promises';
import { BrowserWindow, protocol, session } from 'electron';
import { APP_SCHEME, isStudioPage, MEDIA_SCHEME } from './addresses.ts';
import { PAGE_HEADERS, pageFile } from './app-files.ts';
import { writeCrash } from './crash.ts';
import { answerMedia, type MediaSource } from './media.ts';
import { WINDOW_HEADER } from './security.ts';

/** Must run before the app is ready, and once. Never `bypassCSP`. */
export function declareSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { ...privileges, codeCache: true } },
    { scheme: MEDIA_SCHEME, privileges },
  ]);
}

async function answerPage(request: Request, root: string): Promise<Response> {
  const file = isStudioPage(request.url) && request.method === 'GET' ? pageFile(root, new URL(request.url)) : null;
  if (file) {
    try {
      // readFile and not net.fetch(file:): it reads inside the archive, and file: stays blocked everywhere.
      const body = new Uint8Array(await readFile(file.path));
      return new Response(body, { headers: { ...PAGE_HEADERS, 'content-type': file.type } });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'ENOTDIR') writeCrash(`app: ${request.url}`, error);
    }
  }
  return new Response('', { status: 404, headers: PAGE_HEADERS });
}

/** The window a media request came from; the only window there is when the request does not say. */
function windowOf(request: Request): number | null {
  const named = request.headers.get(WINDOW_HEADER);
  if (named !== null) return Number(named);
  const [only, ...others] = BrowserWindow.getAllWindows();
  return only && others.length === 0 ? only.webContents.id : null;
}

/** Answers both schemes in the default session. `root` is the folder of the built page. */
export function handleSchemes(root: string, media: MediaSource): void {
  const { protocol: handler } = session.defaultSession;
  handler.handle(APP_SCHEME, (request) => answerPage(request, root));
  handler.handle(MEDIA_SCHEME, async (request) => {
    try {
      return await answerMedia(request, windowOf(request), media);
    } catch (error) {
      writeCrash(`media: ${request.url}`, error);
      return new Response(null, { status: 500 });
    }
  });
}
