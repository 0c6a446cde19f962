/** The media engine: ffmpeg and ffprobe for films and sounds, sharp for pictures. */
import type { Log, MediaEngine } from '../../ports/index.ts';
import { frameTimes } from './frame-times.ts';
import { createLocator } from './locate.ts';
import type { MediaSettings } from './locate.ts';
import { makePeaks } from './peaks.ts';
import { makePoster } from './poster.ts';
import { probeMedia } from './probe.ts';
import { makeProxy } from './proxy.ts';
import { makeScenes } from './scenes.ts';
import { makeStrip } from './strip.ts';
import { readTextTrack, textTracks } from './text-tracks.ts';
import { codePicture } from './code-picture.ts';
import { coverPicture } from './cover-picture.ts';
import { framedPicture } from './frame-picture.ts';
import { webPicture } from './web-picture.ts';

export type { MediaSettings } from './locate.ts';

export interface MediaEngineOptions {
  log: Log;
  /** Paths a person set; looked at last. */
  settings?: MediaSettings;
  /** Environment to take PATH from; this process's own by default. */
  env?: NodeJS.ProcessEnv;
}

/** Makes the engine. Nothing is looked for or run before it is first needed. Errors of each method: see the port. */
export function createMediaEngine(options: MediaEngineOptions): MediaEngine {
  const { log } = options;
  const tools = createLocator({ settings: options.settings ?? {}, env: options.env ?? process.env, log });
  const ffmpeg = () => tools.ffmpeg();
  const ffprobe = () => tools.ffprobe();
  return {
    tools: () => tools.tools(),
    probe: (file, about) => probeMedia(ffprobe, file, about),
    frameTimes: async (file, signal) => frameTimes((await ffprobe()).path, file, signal),
    textTracks: (file, signal) => textTracks({ ffmpeg, ffprobe, log }, file, signal),
    textTrack: (file, track, signal) => readTextTrack({ ffmpeg, ffprobe, log }, file, track, signal),
    poster: (file, facts, out, signal) => makePoster({ ffmpeg, ffprobe, log, file, facts, out, signal }),
    webPicture,
    framedPicture,
    coverPicture,
    codePicture,
    proxy: (file, facts, out, { signal, onProgress, leadUs = 0 }) =>
      makeProxy({ ffmpeg, ffprobe, log, file, facts, out, signal, onProgress, leadUs }),
    peaks: (file, facts, out, { signal, onProgress }) =>
      makePeaks({ ffmpeg, ffprobe, log, file, facts, out, signal, onProgress }),
    scenes: (proxy, durationUs, out, { signal, onProgress } = {}) =>
      makeScenes({ ffmpeg, ffprobe, log, proxy, durationUs, out, signal, onProgress }),
    strip: (proxy, durationUs, out, signal) => makeStrip({ ffmpeg, ffprobe, log, proxy, durationUs, out, signal }),
  };
}
