/** What a finished film is, measured on the file: ffprobe's header and packets, and the order of its boxes. */
import { stat } from 'node:fs/promises';
import { StudioError } from '../../../model/errors.ts';
import type { FilmFacts } from '../../../model/platforms/index.ts';
import { aigcOf } from '../aigc.ts';
import { probeLines } from '../ffprobe.ts';
import { microseconds, readHeader } from '../header.ts';
import type { MediaHeader } from '../header.ts';
import { allOf } from './all.ts';
import { topBoxes } from './boxes.ts';
import type { Loudness } from './sound.ts';

interface Probe {
  ffprobe: string;
  signal: AbortSignal | undefined;
}

interface Packet {
  us: number | null;
  bytes: number;
  key: boolean;
}

/** With a time. */
type Shown = Packet & { us: number };

interface Packets {
  /** Of the picture, in order of showing. */
  video: Shown[];
  audioBytes: number;
}

const PACKET = /^packet\|stream_index=(\d+)\|pts_time=([^|]*)\|size=(\d+)\|flags=(\S*)/;

/** By the picture's stream: its packets. One pass over the index and the packets; no frame is decoded. */
async function readPackets(file: string, probe: Probe): Promise<(picture: number) => Packets> {
  const streams = new Map<number, Packet[]>();
  const entries = ['-show_entries', 'packet=stream_index,pts_time,size,flags'];
  const take = (line: string): void => {
    const [, stream, time, size, flags = ''] = PACKET.exec(line) ?? [];
    const us = microseconds(time);
    if (stream === undefined) return;
    const packets = streams.get(Number(stream)) ?? [];
    streams.set(Number(stream), packets);
    packets.push({ us, bytes: Number(size), key: flags.includes('K') });
  };
  const { ok, stderr } = await probeLines(probe.ffprobe, file, entries, take, probe.signal);
  if (!ok) throw new StudioError('tool_failed', { tool: 'ffprobe', what: stderr.split('\n')[0] ?? '' });
  return (picture) => {
    const others = [...streams].filter(([stream]) => stream !== picture).flatMap(([, packets]) => packets);
    const video = (streams.get(picture) ?? []).flatMap(({ us, ...packet }) => (us === null ? [] : [{ us, ...packet }]));
    video.sort((a, b) => a.us - b.us);
    return { video, audioBytes: others.reduce((sum, { bytes }) => sum + bytes, 0) };
  };
}

const kbit = (bytes: number, us: number): number => (us > 0 ? Math.round((bytes * 8_000) / us) : 0);

/** Bytes of the second that takes most, as kbit/s; of what is shorter than a second, over its own length. */
function peakOf(video: readonly Shown[], durationUs: number): number {
  let [first, sum, most] = [0, 0, 0];
  for (const packet of video) {
    sum += packet.bytes;
    for (let old = video[first]; old && old.us <= packet.us - 1_000_000; old = video[first]) {
      sum -= old.bytes;
      first += 1;
    }
    most = Math.max(most, sum);
  }
  return kbit(most, Math.min(1_000_000, durationUs));
}

function keyDistance(video: readonly Shown[], endUs: number): number {
  const keys = [...video.filter(({ key }) => key).map(({ us }) => us), endUs];
  return keys.reduce((most, us, i) => Math.max(most, us - (i === 0 ? (video[0]?.us ?? 0) : (keys[i - 1] ?? us))), 0);
}

/** Whether an MP4's index (`moov`) stands before its pictures (`mdat`); false for what has no such boxes. */
async function isFaststart(file: string): Promise<boolean> {
  const names = (await topBoxes(file)).map(({ name }) => name);
  const [index, pictures] = [names.indexOf('moov'), names.indexOf('mdat')];
  return index >= 0 && (pictures < 0 || index < pictures);
}

function containerOf({ formats, brand }: MediaHeader): string {
  if (formats.includes('mp4')) return brand?.trim() === 'qt' ? 'mov' : 'mp4';
  return formats[0] ?? '';
}

/**
 * Measures a finished film. `loudness`: of its very sound track, which was measured after it was encoded.
 * Errors: unreadable_media, missing_tool, cancelled, tool_failed.
 */
export async function filmFacts(probe: Probe, file: string, loudness: Loudness): Promise<FilmFacts> {
  const [{ header, stderr }, packetsOf] = await allOf([
    readHeader(probe.ffprobe, file, probe.signal),
    readPackets(file, probe),
  ]);
  const video = header?.video ?? null;
  if (header === null || video === null) {
    throw new StudioError('unreadable_media', { file }, { files: [file], details: { stderr } });
  }
  const packets = packetsOf(video.index);
  const lastUs = packets.video.at(-1)?.us ?? 0;
  const durationUs = video.declaredUs ?? lastUs;
  const rate = video.averageRate;
  const [sound] = header.audio;
  return {
    ...{ bytes: (await stat(file)).size, durationUs, container: containerOf(header) },
    ...{ width: video.width, height: video.height, frameRate: rate === null ? '' : `${rate.num}/${rate.den}` },
    ...{ codec: video.codec ?? '', profile: video.profile, pixelFormat: video.pixelFormat },
    videoKbit: kbit(
      packets.video.reduce((sum, { bytes }) => sum + bytes, 0),
      durationUs,
    ),
    peakKbit: peakOf(packets.video, durationUs),
    keyFrameUs: keyDistance(packets.video, durationUs + (packets.video[0]?.us ?? 0)),
    audio: sound
      ? {
          ...{ codec: sound.codec ?? '', channels: sound.channels, rate: sound.sampleRate },
          kbit: kbit(packets.audioBytes, durationUs),
        }
      : null,
    ...{ lufs: loudness.lufs, truePeakDb: loudness.truePeakDb },
    ...{ faststart: await isFaststart(file), aigc: aigcOf(header.tags) },
  };
}
