/** What always holds in a timeline, beyond the shape of its parts. Checked when one is read and after every operation. */
import { StudioError } from '../errors.ts';
import { isBareGap } from './gap.ts';
import { clipDurationUs } from './layout.ts';
import { parseRational, shortestFrame } from './rational.ts';
import { MAX_ITEMS, MAX_TIME_US } from './timeline.ts';
import type { Clip, Timeline, TimelineAsset } from './timeline.ts';

/** Refuses with bad_timeline. `what` names the part and what is wrong with it. */
export function refuse(what: string): never {
  throw new StudioError('bad_timeline', { what });
}

/** Refuses with range_outside_source, naming the part and how long its source is. */
function refuseRange(id: string, asset: TimelineAsset): never {
  throw new StudioError(
    'range_outside_source',
    {},
    { details: { id, assetId: asset.assetId, durationUs: asset.durationUs } },
  );
}

interface Ranged {
  id: string;
  assetId: string;
  inUs: number;
  outUs: number;
}

type Assets = ReadonlyMap<string, TimelineAsset>;

function checkAsset(asset: TimelineAsset): void {
  const at = `asset ${asset.assetId}`;
  if (asset.kind === 'image' ? asset.durationUs !== null : asset.durationUs === null) {
    refuse(`${at}: ${asset.kind === 'image' ? 'a picture has no duration' : 'its duration is missing'}`);
  }
  const sized = asset.width !== null && asset.height !== null;
  if (asset.kind !== 'audio' && !sized) refuse(`${at}: its width and height are missing`);
  if (asset.kind === 'audio' && !asset.hasAudio) refuse(`${at}: a sound has sound`);
}

function checkRange(item: Ranged, assets: Assets, needs: 'picture' | 'sound'): void {
  const asset = assets.get(item.assetId) ?? refuse(`${item.id}: asset ${item.assetId} is not in the table`);
  if (needs === 'picture' && asset.kind === 'audio') refuse(`${item.id}: asset ${item.assetId} has no picture`);
  if (needs === 'sound' && !asset.hasAudio) refuse(`${item.id}: asset ${item.assetId} has no sound`);
  if (!Number.isSafeInteger(item.inUs) || !Number.isSafeInteger(item.outUs)) {
    refuse(`${item.id}: times are whole microseconds`);
  }
  if (item.inUs < 0 || item.outUs > (asset.durationUs ?? MAX_TIME_US)) refuseRange(item.id, asset);
  if (item.inUs >= item.outUs) refuse(`${item.id}: its out is not after its in`);
}

function checkGap(gap: Clip): void {
  if (!isBareGap(gap)) refuse(`${gap.id}: a gap has a length and nothing else`);
  if (!Number.isSafeInteger(gap.inUs) || !Number.isSafeInteger(gap.outUs))
    refuse(`${gap.id}: times are whole microseconds`);
  if (gap.inUs < 0 || gap.outUs > MAX_TIME_US || gap.inUs >= gap.outUs)
    refuse(`${gap.id}: its out is not after its in`);
}

function checkSpan(item: { id: string; startUs: number; endUs: number }): void {
  const { id, startUs, endUs } = item;
  if (!Number.isSafeInteger(startUs) || !Number.isSafeInteger(endUs)) refuse(`${id}: times are whole microseconds`);
  if (startUs < 0 || endUs > MAX_TIME_US) refuse(`${id}: outside 0 to ${MAX_TIME_US}`);
  if (startUs >= endUs) refuse(`${id}: its end is not after its start`);
}

function checkIds(timeline: Timeline): void {
  const { storyline, overlays, titles, music, voice, effects, captions, assets, markers = [] } = timeline;
  const seen = new Set<string>();
  for (const items of [storyline, overlays, titles, music, voice, effects, captions.cues, markers]) {
    if (items.length > MAX_ITEMS) refuse(`more than ${MAX_ITEMS} entries in one table`);
    for (const { id } of items) {
      if (seen.has(id)) refuse(`the id ${id} is there twice`);
      seen.add(id);
    }
  }
  if (new Set(assets.map((asset) => asset.assetId)).size < assets.length) refuse('an asset is in the table twice');
  if (assets.length > MAX_ITEMS) refuse(`more than ${MAX_ITEMS} assets`);
  if (new Set(timeline.targets).size < timeline.targets.length) refuse('a target is named twice');
}

function checkGroups({ groups = [] }: Timeline): void {
  if (new Set(groups.map(({ id }) => id)).size < groups.length) refuse('a group is there twice');
  const items = groups.flatMap((group) => group.items);
  if (new Set(items).size < items.length) refuse('something is in two groups');
}

function checkOrder<T extends { id: string }>(items: readonly T[], timeOf: (item: T) => number, rule: string): void {
  let lastUs = 0;
  for (const item of items) {
    const us = timeOf(item);
    if (us < lastUs) refuse(`${item.id}: ${rule}`);
    lastUs = us;
  }
}

function checkCover({ cover }: Timeline, assets: Assets): void {
  if (cover?.assetId === undefined) return;
  if (cover.atUs !== undefined) refuse('cover: a frame and a picture at once');
  const asset = assets.get(cover.assetId) ?? refuse(`cover: asset ${cover.assetId} is not in the table`);
  if (asset.kind !== 'image') refuse(`cover: asset ${cover.assetId} is no picture`);
}

/**
 * Checks what holds in every timeline: ids are there once (in all tables of items together), named assets are in the
 * table and have what is needed of them, 0 ≤ in < out ≤ duration, a clip lasts at least one frame of the canvas (a
 * shorter one might not be in any frame of the film), cues stand by start, all of it within 100 hours; a cover's
 * picture is a picture of the table.
 *
 * @throws StudioError range_outside_source {id, assetId, durationUs as details}; bad_timeline {what} for the rest.
 */
export function checkTimeline(timeline: Timeline): void {
  checkIds(timeline);
  timeline.assets.forEach(checkAsset);
  const assets = new Map(timeline.assets.map((asset) => [asset.assetId, asset]));
  const rate = parseRational(timeline.canvas.frameRate) ?? refuse(`canvas: frame rate ${timeline.canvas.frameRate}`);
  const frameUs = shortestFrame(rate);
  let totalUs = 0;
  for (const clip of timeline.storyline) {
    if (clip.gap) checkGap(clip);
    else checkRange(clip, assets, 'picture');
    const lengthUs = clipDurationUs(clip);
    const isStill = !clip.gap && assets.get(clip.assetId)?.kind === 'image';
    if (isStill && clip.speed !== '1/1') refuse(`${clip.id}: a picture has no speed`);
    if (isStill && (clip.reversed || clip.heldUs !== undefined)) refuse(`${clip.id}: a picture stands anyway`);
    if (lengthUs < frameUs) refuse(`${clip.id}: shorter than one frame (${frameUs} microseconds)`);
    totalUs += lengthUs;
  }
  if (totalUs > MAX_TIME_US) refuse('longer than 100 hours');
  for (const overlay of timeline.overlays) {
    checkRange(overlay, assets, 'picture');
    if (overlay.outUs - overlay.inUs < frameUs)
      refuse(`${overlay.id}: shorter than one frame (${frameUs} microseconds)`);
  }
  for (const sound of [...timeline.music, ...timeline.voice, ...timeline.effects]) checkRange(sound, assets, 'sound');
  const stepping = timeline.voice.find(({ duckDb }) => duckDb !== 0);
  if (stepping) refuse(`${stepping.id}: a voice does not step back`);
  checkGroups(timeline);
  checkCover(timeline, assets);
  timeline.titles.forEach(checkSpan);
  checkOrder(timeline.markers ?? [], ({ atUs }) => atUs, 'markers stand by their time');
  timeline.captions.cues.forEach(checkSpan);
  checkOrder(timeline.captions.cues, ({ startUs }) => startUs, 'cues stand by their start');
}
