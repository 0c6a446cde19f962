/** The open story as an official account would have it, kept up to date while it is written. */
import type { Editor } from '@tiptap/core';
import { useQueries } from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { imageIds, videoIds, type ArticleDoc } from '../../../../../core/model/article/index.ts';
import { DEFAULT_THEME, type WechatPicture, type WechatVideo } from '../../../../../core/model/wechat/index.ts';
import { useView } from '../../../app/view.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useTheme } from '../../themes/use-theme.ts';
import type { WechatView } from './wechat-draw.ts';
import { WechatRenderer } from './wechat-renderer.ts';

/** It is rendered once the person pauses: far from every keystroke, soon enough to look live. */
const PAUSE_MS = 250;
/** Even while somebody types on, not later than this. */
const MOST_MS = 1500;

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

/** Rendered, checked and measured, null until that is done once; the measure also goes to the status bar. */
export function useWechat(editor: Editor, title: string): WechatView | null {
  const doc = useSettledDoc(editor);
  const pictures = usePictureSizes(useMemo(() => imageIds(doc), [doc]));
  const videos = useVideos(useMemo(() => videoIds(doc), [doc]));
  const { theme: found } = useTheme(doc.attrs?.theme ?? '');
  const [view, setView] = useState<WechatView | null>(null);
  const renderer = useRef<WechatRenderer | null>(null);
  useEffect(() => {
    const made = new WechatRenderer((next) => startTransition(() => setView(next)));
    renderer.current = made;
    return () => made.stop();
  }, []);
  useEffect(() => {
    renderer.current?.ask({ doc, options: { title, images: pictures, videos, theme: found ?? DEFAULT_THEME } });
  }, [doc, title, pictures, videos, found]);
  const set = useView((s) => s.set);
  useEffect(() => set({ budget: view?.check.budget ?? null }), [view, set]);
  useEffect(() => () => set({ budget: null }), [set]);
  return view;
}
