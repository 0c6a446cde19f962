import { describe, expect, it, test } from 'vitest';
import {
  Chance,
  SECOND,
  asset,
  cue,
  frozen,
  made,
  randomOperation,
  still,
  voice,
} from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import {
  applyOperation,
  applyOperations,
  timelineContent,
  durationUs,
  layout,
  type Operation,
  type Timeline,
} from '../timeline/index.ts';
import {
  BUILT_IN_PACKS,
  applyPack,
  packProblems,
  readPack,
  removePack,
  type OfficePack,
  type PackSupply,
} from './index.ts';

const red = (): OfficePack => {
  const pack = BUILT_IN_PACKS.get('studio-red');
  if (!pack) throw new Error('no built-in pack');
  return structuredClone(pack);
};
const SHA = { open: '11'.repeat(32), logo: '22'.repeat(32), tune: '33'.repeat(32) };
const file = (sha256: string) => ({ sha256, name: '片头.mp4' });
const FILES = new Map([
  [SHA.open, { ...asset('open', { durationUs: 2 * SECOND }), sha256: SHA.open }],
  [SHA.logo, { ...still('logo'), width: 400, height: 100, sha256: SHA.logo }],
  [SHA.tune, { ...voice('tune'), durationUs: 6 * SECOND, sha256: SHA.tune }],
]);
const CARDS = new Map(['#A32A22', '#1E2422'].map((colour) => [colour, still(`card${colour.slice(1)}`)]));

const supply = (pack: OfficePack, more: Partial<PackSupply> = {}): PackSupply => ({
  ...{ packId: 'p1', pack, name: pack.name.zh, files: FILES, cards: CARDS, mark: true },
  words: { office: '岚溪县融媒体中心', story: '清晨的茶园' },
  ...more,
});
const full = (): OfficePack => ({
  ...red(),
  opening: { kind: 'file', file: file(SHA.open), lastsUs: 2 * SECOND },
  mark: { kind: 'picture', file: file(SHA.logo), corner: 'topRight', size: 12, opacity: 70 },
  music: { file: file(SHA.tune), gainDb: -15, duckDb: -9, fadeInUs: SECOND, fadeOutUs: 2 * SECOND },
  captions: 'yellow',
});
const run = (timeline: Timeline, operations: Operation[]): Timeline =>
  applyOperations(frozen(timeline), operations).timeline;
const applied = (timeline: Timeline, more = supply(full())): Timeline => run(timeline, applyPack(timeline, more));
const spelt = (timeline: Timeline): string => timelineContent(timeline);

/** Two clips of two and three seconds with something of every kind on the second. */
const film = (): Timeline =>
  made(
    { type: 'insertClip', clip: { id: 'c1', assetId: 'a', outUs: 2 * SECOND } },
    { type: 'insertClip', clip: { id: 'c2', assetId: 'a', outUs: 3 * SECOND } },
    { type: 'addCue', cue: cue('q', 2.5 * SECOND, 4 * SECOND) },
    { type: 'addTitle', title: { id: 't', startUs: 2 * SECOND, look: 'name-line', texts: { name: '周大山' } } },
    { type: 'addOverlay', overlay: { id: 'o', assetId: 'e', startUs: 3 * SECOND } },
    { type: 'addSound', track: 'voice', sound: { id: 's', assetId: 'a', startUs: 2 * SECOND } },
    { type: 'addMarker', marker: { id: 'k', atUs: 4 * SECOND, text: '' } },
    { type: 'setCover', cover: { atUs: 2.5 * SECOND } },
  );

describe('the door', () => {
  test('the packs of the program pass it', () => {
    expect([...BUILT_IN_PACKS.keys()]).toEqual(['studio-red', 'studio-ink']);
    for (const pack of BUILT_IN_PACKS.values()) expect(packProblems(pack)).toEqual([]);
  });

  test.each([
    ['opening/colour', { ...red(), opening: { ...red().opening, colour: '#F3E9DC' } }],
    ['opening/colour', { ...red(), opening: { ...red().opening, colour: 'red' } }],
    ['opening/title/look', { ...red(), opening: { ...red().opening, title: { look: 'none', texts: {} } } }],
    ['nameBar', { ...red(), nameBar: 'headline' }],
    ['captions', { ...red(), captions: 'none' }],
    ['mark/opacity', { ...red(), mark: { ...red().mark, opacity: 0 } }],
    ['music/file/sha256', { ...red(), music: { ...full().music, file: { sha256: '../x', name: '' } } }],
    ['office pack', { ...red(), more: 1 }],
    ['office pack', null],
  ])('what does not fit is refused with its place: %s', (place, value) => {
    const refused = (): unknown => readPack(value);
    expect(refused).toThrow(StudioError);
    expect(refused).toThrow(
      expect.objectContaining({ params: { what: expect.stringMatching(`^${place}: `) as string } }),
    );
  });
});

describe('applying', () => {
  it('puts opening, closing, mark and music in, and moves what was there with its pictures', () => {
    const before = film();
    const after = applied(before);
    const places = layout(after).clips.map(({ clip, startUs }) => [clip.id, startUs]);
    expect(places).toEqual([
      ['pack-opening', 0],
      ['c1', 2 * SECOND],
      ['c2', 4 * SECOND],
      ['pack-closing', 7 * SECOND],
    ]);
    expect(after.captions.cues[0]).toMatchObject({ startUs: 4.5 * SECOND, endUs: 6 * SECOND });
    expect(after.titles.map(({ id, startUs, look, accent }) => [id, startUs, look, accent])).toEqual([
      ['t', 4 * SECOND, 'name-plate', '#C0362C'],
      ['pack-closing-words', 7 * SECOND, 'card', undefined],
    ]);
    expect(after.titles[1]?.texts).toEqual({ title: '岚溪县融媒体中心', sub: '出品' });
    expect(after.overlays.map(({ id, startUs }) => [id, startUs])).toEqual([
      ['o', 5 * SECOND],
      ['pack-mark', 0],
    ]);
    // 12 % of 1080 at the top right of douyin's safe area, beside nothing: the buttons do not reach there.
    expect(after.overlays[1]).toMatchObject({ x: 840, y: 120, width: 120, opacity: 70, outUs: 9.5 * SECOND });
    expect(after.voice[0]?.startUs).toBe(4 * SECOND);
    expect(after.markers?.[0]?.atUs).toBe(6 * SECOND);
    expect(after.cover?.atUs).toBe(4.5 * SECOND);
    expect(after.captions.style.colour).not.toBe(before.captions.style.colour);
  });

  it('lays the music from the opening that has its own sound to the end, again where it is too short', () => {
    const { music } = applied(film());
    expect(music.map(({ startUs, outUs, fadeInUs, fadeOutUs }) => [startUs, outUs, fadeInUs, fadeOutUs])).toEqual([
      [2 * SECOND, 6 * SECOND, SECOND, SECOND],
      [7 * SECOND, 2.5 * SECOND, SECOND, 2 * SECOND],
    ]);
    expect(music[0]).toMatchObject({ gainDb: -15, duckDb: -9, id: 'pack-music-1' });
  });

  it('is one step that is taken back exactly, and a second time changes nothing', () => {
    const before = film();
    const operations = applyPack(before, supply(full()));
    expect(operations.map(({ type }) => type)).toEqual(['setPack', 'patch']);
    const { timeline, inverse } = applyOperations(frozen(before), operations);
    expect(spelt(run(timeline, inverse))).toBe(spelt(before));
    expect(applyPack(timeline, supply(full()))).toEqual([]);
  });

  it('again brings up to date: a longer film, another opening, without the mark', () => {
    const one = applied(film());
    const longer = run(one, [
      { type: 'insertClip', clip: { id: 'c3', assetId: 'a', outUs: SECOND }, at: 3, cues: 'follow' },
    ]);
    const two = applied(longer);
    expect(two.overlays.find(({ id }) => id === 'pack-mark')?.outUs).toBe(durationUs(two));
    const three = applied(two, supply({ ...red(), captions: null }, { mark: false }));
    expect(three.storyline.map(({ id }) => id)).toEqual(['pack-opening', 'c1', 'c2', 'c3', 'pack-closing']);
    expect([three.music, three.overlays.map(({ id }) => id)]).toEqual([[], ['o']]);
    expect(three.captions.style).toEqual(film().captions.style);
    expect(three.captions.cues[0]?.startUs).toBe(5 * SECOND);
    expect(three.assets.map(({ assetId }) => assetId)).not.toContain('tune');
  });

  it('leaves alone what somebody changed after it: a name bar, the style of the captions, a declaration', () => {
    const changed = run(applied(film()), [
      { type: 'editTitle', titleId: 't', look: 'name-line', accent: null },
      { type: 'setCaptionStyle', style: { size: 99 } },
      { type: 'declareAi', assetId: 'open', aiMade: true },
    ]);
    const again = applied(changed);
    expect(again.titles[0]).toMatchObject({ look: 'name-line' });
    expect(again.captions.style.size).toBe(99);
    expect(again.assets.find(({ assetId }) => assetId === 'open')?.aiMade).toBe(true);
    const without = run(again, removePack(again));
    expect(without.captions.style).toEqual({ ...film().captions.style, size: 99 });
  });

  it('keeps the chosen frame of an opening that is still there, and forgets it with one that is not', () => {
    const one = run(applied(film()), [{ type: 'setCover', cover: { atUs: SECOND, words: true } }]);
    expect(applied(one, supply({ ...full(), music: null })).cover).toEqual({ atUs: SECOND, words: true });
    expect(run(one, removePack(one)).cover).toEqual({ words: true });
  });

  it('refuses a file that is not there, with its place', () => {
    const missing = (): unknown => applyPack(film(), supply(full(), { files: new Map() }));
    expect(missing).toThrow(
      expect.objectContaining({ code: 'pack_file_missing', params: { place: 'opening/file', name: '片头.mp4' } }),
    );
  });

  it('gives way to an id that somebody else has', () => {
    const before = run(film(), [
      { type: 'addTitle', title: { id: 'pack-opening', startUs: 0, look: 'place', texts: {} } },
    ]);
    expect(applied(before).storyline[0]?.id).toBe('pack-opening-2');
    expect(applyPack(applied(before), supply(full()))).toEqual([]);
  });
});

describe('taking it out', () => {
  it('leaves a film without a pack as it is', () => expect(removePack(film())).toEqual([]));

  it('gives back any timeline as it was, and applying twice is applying once', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = new Chance(seed);
      let timeline = made();
      for (let n = 0; n < 40; n += 1) {
        try {
          timeline = applyOperation(timeline, randomOperation(chance, timeline, `r${String(n)}`)).timeline;
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
        }
      }
      const { pack: _pack, ...before } = timeline;
      const packs: readonly [OfficePack, ...OfficePack[]] = [
        full(),
        red(),
        { ...full(), opening: null, nameBar: 'name-line' },
      ];
      const one = applied(before, supply(chance.one(packs)));
      expect(spelt(run(one, removePack(one))), `seed ${String(seed)}`).toBe(spelt(before));
      const other = supply(chance.one(packs));
      const two = applied(one, other);
      expect(applyPack(two, other)).toEqual([]);
      expect(spelt(run(two, removePack(two))), `seed ${String(seed)}, twice`).toBe(spelt(before));
    }
  });
});
