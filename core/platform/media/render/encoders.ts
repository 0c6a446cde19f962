/** Encoders of graphics chips: tried with one frame before a film, and never the only way to one. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../../model/errors.ts';
import type { ErrorCode } from '../../../model/errors.ts';
import { HARDWARE_ENCODERS } from '../../../model/machine.ts';
import type { Encoder, HardwareEncoder, MadeBy } from '../../../model/machine.ts';
import type { Log } from '../../../ports/index.ts';
import type { FilmTool, MadeFilms, PlanGroup, RenderOrder } from '../../../ports/video.ts';
import { encoderOptions } from '../../../model/platforms/index.ts';
import { toolEnv } from '../files.ts';
import type { FoundTool, Locator } from '../locate.ts';
import { topBoxes } from './boxes.ts';

const TRY_MS = 20_000;
/** What a chip that works makes without trouble; smaller pictures some refuse. */
const TRIED = { cap: 10_000, distance: 60, profile: 'high', pixelFormat: 'yuv420p' };
const SIZE = '640x360';

/** The first chip of this computer that VA-API can be asked for. */
function renderNode(): string {
  try {
    const [first] = readdirSync('/dev/dri')
      .filter((name) => /^renderD\d+$/.test(name))
      .sort();
    if (first !== undefined) return `/dev/dri/${first}`;
  } catch {
    // None: ffmpeg says so itself.
  }
  return '/dev/dri/renderD128';
}

type Made = Pick<FilmTool, 'encoder'>;

/** Options before the first input. */
export function deviceOptions({ encoder }: Made): string[] {
  return encoder === 'vaapi' ? ['-init_hw_device', `vaapi=chip:${renderNode()}`, '-filter_hw_device', 'chip'] : [];
}

/** Label of the picture that goes to the encoder. */
export const pictureOf = ({ encoder }: Made, index: number): string =>
  encoder === 'vaapi' ? `chip${index}` : `v${index}`;

/** The graph (`-filter_complex`, its text) with the pictures brought to where the encoder takes them from. */
export function uploaded({ encoder }: Made, [option = '', graph = '']: readonly string[], count: number): string[] {
  if (encoder !== 'vaapi') return [option, graph];
  const chains = Array.from({ length: count }, (_, i) => `;[v${i}]format=nv12,hwupload[chip${i}]`);
  return [option, `${graph}${chains.join('')}`];
}

/** ffmpeg's own last words, without its addresses. */
function lastLine(said: string): string {
  const lines = said.split(/\r?\n/).map((line) => line.replace(/\[[^\]]* @ 0x[0-9a-f]+\] /g, '').trim());
  const telling = lines.filter((line) => line !== '' && !/^Conversion failed/.test(line));
  return (telling[0] ?? 'ffmpeg failed').slice(0, 200);
}

/** Null where one frame came out; else why not. */
export function tryEncoder(ffmpeg: string, encoder: HardwareEncoder): Promise<string | null> {
  const source = `color=black:s=${SIZE}:r=30:d=1,format=yuv420p`;
  const graph = uploaded({ encoder }, ['-filter_complex', `${source}[v0]`], 1);
  const args = [
    ...['-nostdin', '-hide_banner', '-v', 'error', ...deviceOptions({ encoder }), ...graph],
    ...[
      '-map',
      `[${pictureOf({ encoder }, 0)}]`,
      ...encoderOptions(encoder, TRIED),
      '-frames:v',
      '1',
      '-f',
      'null',
      '-',
    ],
  ];
  return new Promise((resolve) => {
    execFile(ffmpeg, args, { timeout: TRY_MS, windowsHide: true, env: toolEnv() }, (error, _out, said) => {
      resolve(error === null ? null : lastLine(said || error.message));
    });
  });
}

/** Tries are remembered for a while: a driver may be installed, a chip taken away. */
const REMEMBER_MS = 10 * 60_000;
const tries = new Map<string, { at: number; why: Promise<string | null> }>();

/** {@link tryEncoder}, once in ten minutes for each program. `afresh`: tried whatever is remembered. */
export function triedEncoder(
  tool: Pick<FoundTool, 'path' | 'version'>,
  encoder: HardwareEncoder,
  afresh = false,
): Promise<string | null> {
  const key = `${tool.path} ${tool.version} ${encoder}`;
  const known = tries.get(key);
  if (known && !afresh && Date.now() - known.at < REMEMBER_MS) return known.why;
  const why = tryEncoder(tool.path, encoder);
  tries.set(key, { at: Date.now(), why });
  return why;
}

/** All of them, one after another, afresh. */
export async function triedEncoders(
  tool: Pick<FoundTool, 'path' | 'version'>,
): Promise<{ encoder: HardwareEncoder; works: boolean; why: string | null }[]> {
  const found = [];
  for (const encoder of HARDWARE_ENCODERS) {
    const why = await triedEncoder(tool, encoder, true);
    found.push({ encoder, works: why === null, why });
  }
  return found;
}

/** What a chip's failure looks like; a full disk, a source that went away and a wish to stop are not its fault. */
const ITS_FAULT = new Set<ErrorCode>(['tool_failed', 'unreadable_media', 'missing_tool']);

interface Options {
  log: Log;
  tools: Pick<Locator, 'ffmpeg'>;
  encoder?: () => Promise<Encoder>;
}

/**
 * Makes a film with the encoder that was chosen for this computer, and by software where that does not work: before it begins, or in
 * the middle. The result says which it was, unless nothing but software was asked for.
 */
export async function onHardware(
  options: Options,
  order: RenderOrder,
  make: (encoder: HardwareEncoder | null, order: RenderOrder) => Promise<MadeFilms>,
): Promise<MadeFilms> {
  const asked = (await options.encoder?.()) ?? 'software';
  if (asked === 'software') return make(null, order);
  const told = (used: Encoder, why: string | null): { madeBy: MadeBy } => ({ madeBy: { asked, used, why } });
  const growing = onlyGrowing(order);
  let why = await triedEncoder(await options.tools.ffmpeg(), asked);
  if (why === null) {
    try {
      return { ...(await make(asked, growing)), ...told(asked, null) };
    } catch (error) {
      if (!(error instanceof StudioError) || !ITS_FAULT.has(error.code) || order.signal?.aborted === true) throw error;
      why = String(error.params['what'] ?? error.message);
    }
  }
  options.log.warn('an encoder of the graphics chip does not work', { asked, why });
  return { ...(await make(null, growing)), ...told('software', why) };
}

/** A second beginning does not take the progress back. */
function onlyGrowing(order: RenderOrder): RenderOrder {
  let most = 0;
  const onProgress = (fraction: number): void => {
    if (fraction <= most) return;
    most = fraction;
    order.onProgress?.(fraction);
  };
  return { ...order, onProgress };
}

/** What stands in a segment's file about its stream (`avcC`, ISO/IEC 14496-15); null: nothing is found. */
async function headerOf(file: string): Promise<string | null> {
  const moov = (await topBoxes(file)).find(({ name }) => name === 'moov');
  if (!moov) return null;
  const handle = await open(file, 'r');
  try {
    const index = Buffer.alloc(moov.end - moov.start);
    await handle.read(index, 0, index.length, moov.start);
    const at = index.indexOf('avcC', 0, 'latin1');
    return at < 4 ? null : index.subarray(at, at + index.readUInt32BE(at - 4) - 4).toString('hex');
  } finally {
    await handle.close();
  }
}

/**
 * Segments are joined as they are, which needs one header for all of them; x264 is asked for that, a chip cannot be.
 * Error: tool_failed, where they differ.
 */
export async function sameHeaders(dir: string, groups: readonly PlanGroup[]): Promise<void> {
  for (const { segments } of groups) {
    const headers = new Set<string | null>();
    for (const { hash } of segments) headers.add(await headerOf(path.join(dir, `${hash}.mp4`)));
    if (headers.size > 1) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'segments with other headers' });
  }
}
