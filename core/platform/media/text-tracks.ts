/** Subtitles inside a film or sound file: which there are, and the words of one. */
import { StudioError } from '../../model/errors.ts';
import type { Log, TextTrack, TextTrackFile } from '../../ports/index.ts';
import { firstFrameUs } from './frame-times.ts';
import { readHeader } from './header.ts';
import type { MediaHeader, SubtitleStream } from './header.ts';
import type { FoundTool } from './locate.ts';
import { pipeFfmpeg } from './pipe.ts';

interface Tools {
  ffmpeg: () => Promise<FoundTool>;
  ffprobe: () => Promise<FoundTool>;
  log: Log;
}

/** Codecs whose packets are text (ffmpeg, libavcodec/codec_desc.c, AV_CODEC_PROP_TEXT_SUB); others are pictures or unknown. */
const TEXT_CODECS = new Set([
  'mov_text',
  'subrip',
  'srt',
  'ass',
  'ssa',
  'webvtt',
  'text',
  'ttml',
  'jacosub',
  'sami',
  'stl',
]);
/** ffmpeg decodes TTML from no container; what cannot be decoded cannot be read. */
const UNDECODED = new Set(['ttml']);

export const isTextCodec = (codec: string | null): boolean =>
  codec !== null && TEXT_CODECS.has(codec) && !UNDECODED.has(codec);

const toTrack = ({ index, codec, language, title }: SubtitleStream): TextTrack => ({
  ...{ track: index, codec: codec ?? '', language, title },
  readable: isTextCodec(codec),
});

/** More than any film has; a stream that says more is no film's captions. The readers of caption files take as much. */
const MOST_BYTES = 50 * 1024 * 1024;

async function headerOf(tools: Tools, file: string, signal: AbortSignal | undefined): Promise<MediaHeader> {
  const { header, stderr } = await readHeader((await tools.ffprobe()).path, file, signal);
  if (header) return header;
  throw new StudioError('unreadable_media', { file: '' }, { details: { stderr: stderr.slice(-2000) } });
}

/** The subtitle streams of a file, in its order. Errors: unreadable_media, missing_tool, cancelled, tool_failed. */
export async function textTracks(tools: Tools, file: string, signal?: AbortSignal): Promise<TextTrack[]> {
  return (await headerOf(tools, file, signal)).subtitles.map(toTrack);
}

/**
 * One of them as a caption file: ASS as it stands, everything else as SRT. `zeroUs`: what the container calls the time of
 * the source's first frame, to be taken off. Errors: as {@link textTracks}; unknown_id (no such stream),
 * text_track_unreadable (pictures).
 */
export async function readTextTrack(
  tools: Tools,
  file: string,
  track: number,
  signal?: AbortSignal,
): Promise<TextTrackFile> {
  const header = await headerOf(tools, file, signal);
  const stream = header.subtitles.find(({ index }) => index === track);
  if (!stream) throw new StudioError('unknown_id', { id: String(track) });
  if (!isTextCodec(stream.codec)) throw new StudioError('text_track_unreadable', { codec: stream.codec ?? '' });
  const format = stream.codec === 'ass' || stream.codec === 'ssa' ? 'ass' : 'srt';
  const leading = header.video?.index ?? header.audio[0]?.index;
  const zeroUs = leading === undefined ? 0 : await firstFrameUs((await tools.ffprobe()).path, file, leading, signal);
  const chunks: Buffer[] = [];
  let bytes = 0;
  await pipeFfmpeg({
    program: (await tools.ffmpeg()).path,
    ...{ input: file, signal, log: tools.log },
    // The container's own times: where the sound or the captions begin before the picture, ffmpeg would move all.
    inputOptions: ['-copyts'],
    outputOptions: ['-map', `0:${String(track)}`, '-c:s', format === 'ass' ? 'copy' : 'subrip', '-f', format],
    onBytes: (part) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new StudioError('too_large', { file: '', limit: '50 MB' });
      chunks.push(part);
    },
  });
  return { format, bytes: Buffer.concat(chunks), zeroUs };
}
