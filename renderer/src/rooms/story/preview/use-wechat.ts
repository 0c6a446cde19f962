/** The open story as an official account would have it, kept up to date while it is written. */
import type { Editor } from '@tiptap/core';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { imageIds, videoIds, type ArticleDoc } from '../../../../../core/model/article/index.ts';
import { codeSvg } from '../../../../../core/model/code.ts';
import { namesUnder } from '../../../../../core/model/targets/lower.ts';
import {
  DEFAULT_THEME,
  checkWechat,
  codeHrefs,
  renderWechat,
  type WechatArticle,
  type WechatCheck,
  type WechatCode,
  type WechatOptions,
  type WechatPicture,
  type WechatVideo,
} from '../../../../../core/model/wechat/index.ts';
import { useView } from '../../../app/view.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useTheme } from '../../themes/use-theme.ts';

/** It is rendered once the person pauses: far from every keystroke, soon enough to look live. */
const PAUSE_MS = 250;
/** Even while somebody types on, not later than this. */
const MOST_MS = 1500;

export interface WechatView {
  doc: ArticleDoc;
  options: WechatOptions;
  article: WechatArticle;
  check: WechatCheck;
}

/** Codes as drawings for the preview; packages get a PNG of the same squares. One too long for a code is missing. */
function codesOf(doc: ArticleDoc): Map<string, WechatCode> {
  const codes = new Map<string, WechatCode>();
  for (const href of codeHrefs(doc)) {
    const drawing = codeSvg(href);
    if (drawing !== null) codes.set(href, { src: `data:image/svg+xml,${encodeURIComponent(drawing)}` });
  }
  return codes;
}

/** The document as of the last pause. */
function useSettledDoc(editor: Editor): ArticleDoc {
  const [doc, setDoc] = useState(() => editor.getJSON() as ArticleDoc);
  const since = useRef<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      since.current = null;
      if (!editor.isDestroyed) setDoc(editor.getJSON() as ArticleDoc);
    };
    const soon = () => {
      const now = Date.now();
      since.current ??= now;
      clearTimeout(timer);
      timer = setTimeout(take, Math.max(0, Math.min(PAUSE_MS, since.current + MOST_MS - now)));
    };
    editor.on('update', soon);
    return () => {
      clearTimeout(timer);
      editor.off('update', soon);
    };
  }, [editor]);
  return doc;
}

function usePictureSizes(ids: readonly string[]): ReadonlyMap<string, WechatPicture> {
  const assets = useQueries({ queries: ids.map((assetId) => api.media.get.queryOptions({ input: { assetId } })) });
  const known = assets.map((a) =>
    a.data ? `${String(a.data.width)}x${String(a.data.height)}` : a.isError ? '-' : '?',
  );
  const key = ids.map((id, i) => `${id} ${known[i] ?? '?'}`).join('\n');
  return useMemo(() => {
    const pictures = new Map<string, WechatPicture>();
    for (const line of key === '' ? [] : key.split('\n')) {
      const [id = '', size = '?'] = line.split(' ');
      if (size === '-') continue;
      const [width = 1080, height = 720] = size.split('x').map((n) => Number(n) || undefined);
      pictures.set(id, { src: mediaUrl(id, 'original'), width, height });
    }
    return pictures;
  }, [key]);
}

function useVideos(ids: readonly string[]): ReadonlyMap<string, WechatVideo> {
  const films = useQueries({
    queries: ids.map((projectId) => api.videos.get.queryOptions({ input: { projectId }, staleTime: 30_000 })),
  });
  const facts = films.flatMap(({ data }) =>
    data ? [JSON.stringify([data.projectId, data.title, data.durationUs, data.coverAssetId])] : [],
  );
  const key = facts.join('\n');
  return useMemo(() => {
    const videos = new Map<string, WechatVideo>();
    for (const line of key === '' ? [] : key.split('\n')) {
      const [id, title, durationUs, cover] = JSON.parse(line) as [string, string, number, string | null];
      const poster = cover === null ? {} : { poster: { src: mediaUrl(cover, 'poster'), width: 1080, height: 608 } };
      videos.set(id, { title, durationUs, ...poster });
    }
    return videos;
  }, [key]);
}

/** Rendered, checked and measured; the measure also goes to the status bar. */
export function useWechat(editor: Editor, title: string): WechatView {
  const doc = useSettledDoc(editor);
  const pictures = usePictureSizes(useMemo(() => imageIds(doc), [doc]));
  const videos = useVideos(useMemo(() => videoIds(doc), [doc]));
  const { theme: found } = useTheme(doc.attrs?.theme ?? '');
  const view = useMemo(() => {
    const options = { title, images: pictures, videos, codes: codesOf(doc), theme: found ?? DEFAULT_THEME };
    const article = renderWechat(doc, options);
    return { doc, options, article, check: checkWechat(article, namesUnder(doc, 'author').join(' ')) };
  }, [doc, title, pictures, videos, found]);
  const setView = useView((s) => s.set);
  useEffect(() => setView({ budget: view.check.budget }), [view, setView]);
  useEffect(() => () => setView({ budget: null }), [setView]);
  return view;
}
