/** Which containers and pictures are taken, and their MIME types. */
import type { MediaFacts } from '../../model/contract/index.ts';

/**
 * Demuxers ffmpeg and ffprobe may use (names of `ffmpeg -demuxers`). Left out on purpose: those that open other
 * files or addresses named inside a file (hls, dash, concat, image2, sdp, …).
 */
export const DEMUXERS = [
  'mov,matroska,webm,mpegts,mpeg,mpegvideo,avi,flv,live_flv,asf,rm,mxf,gxf,dv,ivf,gif,ogg',
  'mp3,wav,w64,flac,aac,amr,aiff,au,caf,ac3,eac3,dts,ape,tta,wv,h264,hevc,m4v,av1,obu',
].join(',');

/** What a person is told when a format is refused. */
export const SUPPORTED = 'mp4 mov mkv webm ts avi flv wmv mp3 m4a wav flac ogg jpg png webp gif tiff avif svg';

/** Containers whose length is written in their header, so that a cut shows. Others are measured by what is there. */
export const DECLARES_DURATION = [
  'mov',
  'matroska',
  'webm',
  'avi',
  'flv',
  'asf',
  'rm',
  'mxf',
  'flac',
  'mp3',
  'caf',
  'aiff',
  'wav',
  'ape',
  'tta',
  'wv',
];

/** Pictures sharp reads here (its prebuilt libvips has no HEVC, so HEIC is refused). */
export const PICTURE_TYPES: Record<string, string> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/webp': 'image/webp',
  'image/gif': 'image/gif',
  'image/tiff': 'image/tiff',
  'image/avif': 'image/avif',
};

const VIDEO_MIME: Record<string, string> = {
  mpegts: 'video/mp2t',
  avi: 'video/x-msvideo',
  flv: 'video/x-flv',
  asf: 'video/x-ms-wmv',
  mpeg: 'video/mpeg',
  ogg: 'video/ogg',
  rm: 'application/vnd.rn-realmedia',
  mxf: 'application/mxf',
  gif: 'image/gif',
  h264: 'video/h264',
  hevc: 'video/h265',
};
const AUDIO_MIME: Record<string, string> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  asf: 'audio/x-ms-wma',
  aiff: 'audio/aiff',
  amr: 'audio/amr',
  ape: 'audio/x-ape',
  mpegts: 'video/mp2t',
};

/**
 * MIME type by content: `names` are ffprobe's names of the demuxer, `sniffed` is what the first bytes say (it tells
 * WebM from Matroska), `brand` the major brand of an ISO file.
 */
export function mediaMime(
  kind: MediaFacts['kind'],
  names: string[],
  brand: string | null,
  sniffed: string | null,
): string {
  if (names.includes('mov')) {
    if (kind === 'audio') return 'audio/mp4';
    return brand?.trim() === 'qt' ? 'video/quicktime' : 'video/mp4';
  }
  if (names.includes('matroska')) {
    return `${kind === 'audio' ? 'audio' : 'video'}/${sniffed === 'video/webm' ? 'webm' : 'x-matroska'}`;
  }
  const table = kind === 'audio' ? AUDIO_MIME : VIDEO_MIME;
  for (const name of names) if (table[name] !== undefined) return table[name];
  return sniffed ?? 'application/octet-stream';
}

/** Containers people expect a picture in; an ISO file of brand M4A, M4B or F4A is a sound file by its own word. */
export function expectsPicture(
  names: string[],
  brand: string | null,
  sniffed: string | null,
  fileName: string,
): boolean {
  if (/\.(?:m4a|m4b|mka|mp3|aac|wma|oga|ogg|opus|weba|caf)$/i.test(fileName)) return false;
  if (names.includes('mov')) return !/^(?:M4A|M4B|F4A)/.test(brand ?? '');
  if (names.includes('matroska')) return sniffed !== 'video/webm';
  return names.some((name) => ['mpegts', 'mpeg', 'avi', 'flv', 'rm', 'mxf'].includes(name));
}
