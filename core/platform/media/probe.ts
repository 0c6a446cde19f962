/** Says what a media file is, by its content. */
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import type { MediaFacts, MediaProblem } from '../../model/contract/index.ts';
import { StudioError } from '../../model/errors.ts';
import { AI_MADE, aigcOf } from './aigc.ts';
import { readableSize, throwIfCancelled } from './files.ts';
import { expectsPicture, mediaMime, PICTURE_TYPES, SUPPORTED } from './formats.ts';
import { readHeader } from './header.ts';
import type { MediaHeader, VideoStream } from './header.ts';
import type { FoundTool } from './locate.ts';
import { probePicture, probeSvg } from './picture.ts';
import type { PictureAnswer } from './picture.ts';
import { scanMedia } from './scan.ts';
import type { Scan } from './scan.ts';
import { readSvg } from './svg.ts';
import { isTextCodec } from './text-tracks.ts';
import { audioTimeline, frameRateOf, isVariable, videoTimeline } from './timeline.ts';
import type { AudioTimeline, VideoTimeline } from './timeline.ts';

export interface ProbeOptions {
  name: string;
  salvage?: boolean;
  signal?: AbortSignal;
}
export type ProbeAnswer = MediaFacts & { mime: string };

/** Less of the declared duration than this is refused (docs/CLI: truncated means under 90 % decodes). */
const WHOLE_ENOUGH = 90;

interface Job {
  program: string;
  file: string;
  options: ProbeOptions;
  header: MediaHeader;
  sniffed: string | null;
}

function unreadable(options: ProbeOptions, details: unknown): StudioError {
  return new StudioError('unreadable_media', { file: options.name }, { files: [options.name], details });
}

/** `salvage: 'no'` where no part of the file can be taken either. */
function truncated(options: ProbeOptions, percent: number, more: { salvage?: 'no' } = {}): StudioError {
  return new StudioError('media_truncated', { file: options.name, percent, ...more }, { files: [options.name] });
}

const percentOf = (partUs: number, wholeUs: number): number =>
  wholeUs <= 0 ? 100 : Math.min(100, Math.floor((partUs * 100) / wholeUs));

/** Whether a file begins as an ISO media file does (ISO/IEC 14496-12: size, then the box's name). */
async function beginsAsIsoMedia(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return ['ftyp', 'mdat', 'moov', 'wide', 'free', 'skip', 'styp'].includes(buffer.toString('latin1', 4, 8));
  } finally {
    await handle.close();
  }
}

/**
 * A file ffprobe cannot open. An ISO media file whose index (written last by cameras) is gone was cut short: nothing of
 * it plays, and there is nothing to salvage.
 */
async function refuseUnopened(file: string, options: ProbeOptions, stderr: string): Promise<never> {
  const cut = /moov atom not found/.test(stderr) && (await beginsAsIsoMedia(file));
  if (cut && options.salvage !== true) throw truncated(options, 0, { salvage: 'no' });
  throw unreadable(options, { stderr: stderr.slice(-2000) });
}

function streamProblems(header: MediaHeader, video: VideoStream): MediaProblem[] {
  const problems: MediaProblem[] = [];
  if (video.hdr) problems.push({ code: 'hdr', message: '这是 HDR 画面，导出时会转成普通画面，颜色会略有变化。' });
  if (video.interlaced) problems.push({ code: 'interlaced', message: '这是隔行画面，快速运动处可能有横纹。' });
  if (header.videoTracks > 1) {
    problems.push({ code: 'several_video_tracks', message: `有 ${header.videoTracks} 条画面轨，只用默认的一条。` });
  }
  return problems;
}

function soundProblems(header: MediaHeader): MediaProblem[] {
  const label = aigcOf(header.tags) === null ? [] : [AI_MADE];
  if (header.audio.length < 2) return label;
  return [...label, { code: 'several_audio_tracks', message: `有 ${header.audio.length} 条声音轨，预览用第一条。` }];
}

/** Subtitles inside the file: words can be taken over as captions, pictures of words cannot. */
function subtitleProblems({ subtitles }: MediaHeader): MediaProblem[] {
  const texts = subtitles.filter(({ codec }) => isTextCodec(codec)).length;
  const others = subtitles.length - texts;
  return [
    ...(texts === 0
      ? []
      : [{ code: 'text_tracks', message: `自带 ${texts} 条文字字幕，在剪辑室的“导入字幕”里可以取用。` }]),
    ...(others === 0
      ? []
      : [{ code: 'picture_tracks', message: `自带 ${others} 条图形字幕，是画面不是文字，读不出来。` }]),
  ];
}

const seconds = (us: number): string => (us / 1_000_000).toFixed(1);

function damage(line: VideoTimeline, scan: Scan, percent: number, cut: boolean): MediaProblem[] {
  const problems: MediaProblem[] = [];
  if (line.leadUs > 0) {
    const message = `开头 ${seconds(line.leadUs)} 秒缺少完整画面，已从第一个完整画面开始。`;
    problems.push({ code: 'starts_between_key_frames', message });
  }
  if (cut) problems.push({ code: 'truncated', message: `文件不完整，只有 ${percent}% 能播放。` });
  else if (line.lost > 0 || /concealing \d+ DC/.test(scan.stderr)) {
    problems.push({ code: 'damaged', message: '有些画面损坏，播放时可能花屏或停顿。' });
  }
  return problems;
}

/** First sound track as scanned; null without sound or if none of it decodes. */
function soundOf(header: MediaHeader, scan: Scan): AudioTimeline | null {
  const first = header.audio[0];
  const stream = first === undefined ? undefined : scan.streams.get(first.index);
  return first && stream ? audioTimeline(stream, first) : null;
}

/** Percent of the declared duration that plays: the picture's, and the sound's where its packets end too early. */
function playablePercent(job: Job, video: VideoStream, line: VideoTimeline, scan: Scan): number {
  const picture = video.declaredUs === null ? 100 : percentOf(line.decodedUs, video.declaredUs - line.leadUs);
  const track = job.header.audio[0];
  const packets = track === undefined ? [] : (scan.streams.get(track.index)?.packets ?? []);
  // Containers without a length for each track name that of the longest one.
  if (track === undefined || track.declaredUs === null || !job.header.formats.includes('mov')) {
    const endUs = packets.reduce((end, p) => (p.hole ? end : Math.max(end, (p.timeUs ?? 0) + p.durationUs)), 0);
    const reachedUs = Math.min(line.decodedUs + Math.max(0, endUs - line.endUs), video.declaredUs ?? Infinity);
    return video.declaredUs === null ? 100 : Math.max(picture, percentOf(reachedUs, video.declaredUs - line.leadUs));
  }
  const thereUs = packets.filter((p) => !p.hidden && !p.hole).reduce((sum, p) => sum + p.durationUs, 0);
  return Math.min(picture, percentOf(thereUs, track.declaredUs));
}

function videoAnswer(job: Job, video: VideoStream, scan: Scan): ProbeAnswer | null {
  const stream = scan.streams.get(video.index);
  const line = stream ? videoTimeline(stream, video, scan.stderr.trim() !== '') : null;
  if (line === null) return null;
  const percent = playablePercent(job, video, line, scan);
  const cut = percent < WHOLE_ENOUGH;
  if (cut && job.options.salvage !== true) throw truncated(job.options, percent);
  const variable = isVariable(line.times, video.tickUs);
  return {
    kind: 'video',
    durationUs: Math.round(line.endUs - line.startUs),
    width: video.width,
    height: video.height,
    rotation: video.rotation,
    frameRate: frameRateOf(line, video, variable),
    variable,
    videoCodec: video.codec,
    audioTracks: job.header.audio.length,
    hasAlpha: video.hasAlpha,
    problems: [
      ...damage(line, scan, percent, cut),
      ...streamProblems(job.header, video),
      ...soundProblems(job.header),
      ...subtitleProblems(job.header),
    ],
    mime: mediaMime('video', job.header.formats, job.header.brand, job.sniffed),
  };
}

function audioAnswer(job: Job, scan: Scan, lostPicture: boolean): ProbeAnswer {
  const { header, options } = job;
  const sound = soundOf(header, scan);
  if (sound === null) throw unreadable(options, { stderr: scan.stderr.slice(-2000) });
  const declaredUs = header.audio[0]?.declaredUs ?? null;
  const percent = declaredUs === null ? 100 : percentOf(sound.decodedUs, declaredUs);
  const cut = percent < WHOLE_ENOUGH || lostPicture;
  if (cut && options.salvage !== true) throw truncated(options, lostPicture ? 0 : percent);
  const problems: MediaProblem[] = [];
  if (cut) problems.push({ code: 'truncated', message: `文件不完整，只有 ${percent}% 能播放。` });
  if (lostPicture || expectsPicture(header.formats, header.brand, job.sniffed, options.name)) {
    problems.push({ code: 'no_video', message: '文件里只有声音，没有能播放的画面。' });
  }
  return {
    kind: 'audio',
    durationUs: Math.round(sound.endUs - sound.startUs),
    width: null,
    height: null,
    rotation: 0,
    frameRate: null,
    variable: false,
    videoCodec: null,
    audioTracks: header.audio.length,
    hasAlpha: false,
    problems: [...problems, ...soundProblems(header)],
    mime: mediaMime('audio', header.formats, header.brand, job.sniffed),
  };
}

/** A film or a sound. */
async function probeAv(
  program: string,
  file: string,
  options: ProbeOptions,
  sniffed: string | null,
): Promise<ProbeAnswer> {
  const { header, stderr } = await readHeader(program, file, options.signal);
  if (header === null) return refuseUnopened(file, options, stderr);
  if (header.video === null && header.audio.length === 0) throw unreadable(options, { stderr: stderr.slice(-2000) });
  const job: Job = { program, file, options, header, sniffed };
  const scan = await scanMedia(program, file, header, { signal: options.signal });
  if (header.video === null) return audioAnswer(job, scan, false);
  const answer = videoAnswer(job, header.video, scan);
  if (answer !== null) return answer;
  // No picture decodes. If the header promised some that are not there, the file was cut or emptied.
  const packets = scan.streams.get(header.video.index)?.packets ?? [];
  const emptied = header.video.declaredUs !== null && packets.every((packet) => packet.hole);
  if (emptied && options.salvage !== true) throw truncated(options, 0);
  if (header.audio.length === 0) throw unreadable(options, { stderr: scan.stderr.slice(-2000) });
  return audioAnswer(job, scan, true);
}

/** A GIF that moves is a film if its pictures decode; otherwise it is a picture. */
async function probeMovingGif(
  program: string,
  file: string,
  options: ProbeOptions,
  still: PictureAnswer,
): Promise<ProbeAnswer> {
  try {
    const film = await probeAv(program, file, options, still.mime);
    if (film.kind === 'video') return { ...film, hasAlpha: still.hasAlpha };
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'unreadable_media') throw error;
  }
  return strip(still);
}

function strip(picture: PictureAnswer): ProbeAnswer {
  const { pages: _pages, ...facts } = picture;
  return facts;
}

/**
 * Says what the file is: by its content, never by its extension.
 * Errors: file_missing, file_unreadable, empty_file, unreadable_media, unsupported_format, media_truncated (unless
 * `salvage`), too_large, missing_tool, cancelled, tool_failed.
 */
export async function probeMedia(
  ffprobe: () => Promise<FoundTool>,
  file: string,
  options: ProbeOptions,
): Promise<ProbeAnswer> {
  throwIfCancelled(options.signal);
  const { name } = options;
  const bytes = await readableSize(file, name);
  const sniffed = (await fileTypeFromFile(file))?.mime ?? null;
  const picture = sniffed === null ? undefined : PICTURE_TYPES[sniffed];
  if (picture !== undefined) {
    const still = await probePicture(file, { name, salvage: options.salvage ?? false, mime: picture });
    throwIfCancelled(options.signal);
    if (picture !== 'image/gif' || still.pages < 2) return strip(still);
    return probeMovingGif((await ffprobe()).path, file, options, still);
  }
  const svg = sniffed === null || /xml/.test(sniffed) ? await readSvg(file, bytes) : null;
  if (svg !== null) return strip(await probeSvg(svg, name));
  if (sniffed?.startsWith('image/') === true) {
    throw new StudioError(
      'unsupported_format',
      { file: name, supported: SUPPORTED },
      { files: [name], details: { mime: sniffed } },
    );
  }
  return probeAv((await ffprobe()).path, file, options, sniffed);
}
