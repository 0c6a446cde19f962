import { describe, expect, test } from 'vitest';
import {
  builtInBook,
  platformProblems,
  platformOf,
  readOwnPlatform,
} from '../../../../../core/model/platforms/index.ts';
import {
  GROUPS,
  addables,
  edited,
  isChanged,
  rowsOf,
  shown,
  typed,
  valueAt,
  withValue,
  type Json,
} from './form-rows.ts';

const jsonOf = (target: string): Json => structuredClone(builtInBook().get(target)) as unknown as Json;
const TODAY = '2026-12-01';

describe('rows of a profile', () => {
  test('have every number that is in it, and say them back as they were', () => {
    for (const target of builtInBook().keys()) {
      const json = jsonOf(target);
      let same = json;
      for (const row of rowsOf(json)) {
        for (const field of row.fields) {
          const value = valueAt(json, `${row.place}.${field.key}`);
          if (value !== undefined)
            same = withValue(same, `${row.place}.${field.key}`, typed(shown(value, field.unit), field));
        }
        expect(isChanged(row, json, same)).toBe(false);
      }
      expect(same).toEqual(json);
      const told = new Set(rowsOf(json).map(({ place }) => place));
      const proofs: string[] = [];
      const walk = (value: unknown, place: string): void => {
        if (typeof value !== 'object' || value === null) return;
        if ('source' in value) proofs.push(place);
        for (const [key, inner] of Object.entries(value)) walk(inner, place === '' ? key : `${place}.${key}`);
      };
      walk(json, '');
      const fixed = ['film.codec', 'film.pixelFormat', 'film.audioKbit', 'logo'];
      const patterns = proofs.filter((place) => place.endsWith('.allowed'));
      expect(proofs.filter((place) => !told.has(place) && !patterns.includes(place) && !fixed.includes(place))).toEqual(
        [],
      );
    }
  });

  test('what is typed is in the units of people, and stays where it is no number', () => {
    const [seconds] =
      rowsOf(jsonOf('douyin'))
        .find(({ place }) => place === 'limits.durationUs.0')
        ?.fields.slice(1) ?? [];
    if (!seconds) throw new Error('no field');
    expect(shown(900_000_000, seconds.unit)).toBe('900');
    expect([typed('1800', seconds), typed('0.1', seconds), typed(' ', seconds)]).toEqual([
      1_800_000_000,
      100_000,
      undefined,
    ]);
    expect(['15 分钟', '1e9', '0x10', '1,5'].map((text) => typed(text, seconds))).toEqual([
      '15 分钟',
      '1e9',
      '0x10',
      '1,5',
    ]);
  });

  test('sizes of files are plain: MB, or powers of two where a platform counts so; bytes are kept to the last', () => {
    const field = { key: 'max', label: 'max', kind: 'number', unit: 'mb' } as const;
    const said = [4_294_967_296, 1_610_612_736, 20_971_520, 4_000_000_000, 10_500_000, 4_294_967_297].map((bytes) =>
      shown(bytes, 'mb'),
    );
    expect(said).toEqual(['4 GiB', '1.5 GiB', '20 MiB', '4000', '10.5', '4294.967297']);
    expect(said.map((text) => typed(text, field))).toEqual([
      ...[4_294_967_296, 1_610_612_736, 20_971_520, 4_000_000_000, 10_500_000, 4_294_967_297],
    ]);
    expect(['4gib', '2 GB', '500 mb', '4294.967296'].map((text) => typed(text, field))).toEqual([
      ...[4_294_967_296, 2_000_000_000, 500_000_000, 4_294_967_296],
    ]);
    // What is no size stays as it was typed, and is refused at its place.
    expect(['4 Gi', 'constructor', '4 toString', '-1 GB'].map((text) => typed(text, field))).toEqual([
      ...['4 Gi', 'constructor', '4 toString', '-1 GB'],
    ]);
  });

  test('a changed number has no source until somebody writes one; the day is today’s', () => {
    const before = jsonOf('douyin');
    const row = rowsOf(before).find(({ place }) => place === 'limits.durationUs.0');
    if (!row) throw new Error('no row');
    const of = { before, today: TODAY };
    const longer = edited(before, row, 'max', 1_800_000_000, of);
    expect(valueAt(longer, row.place)).toMatchObject({ max: 1_800_000_000, source: '', checked: TODAY, grade: 'own' });
    expect(platformProblems(longer, platformOf('douyin')).map(({ place }) => place)).toEqual([`${row.place}.source`]);
    const said = edited(longer, row, 'source', 'told by phone', of);
    const again = edited(said, row, 'max', 1_000_000_000, of);
    expect(valueAt(again, `${row.place}.source`)).toBe('told by phone');
    expect(readOwnPlatform(again).limits.durationUs?.[0]).toMatchObject({ max: 1_000_000_000, grade: 'own' });
    expect(isChanged(row, again, before)).toBe(true);
    expect(withValue(again, row.place, valueAt(before, row.place))).toEqual(before);
  });

  test('what is added is a place of its own; with the last of a kind its field goes', () => {
    let json = jsonOf('archive');
    const n = rowsOf(json).length;
    for (const group of GROUPS) {
      for (const { place, value } of addables(json, group, TODAY)) json = withValue(json, place, value);
    }
    expect(rowsOf(json).length).toBeGreaterThan(n + 18);
    expect(addables(json, 'schedule', TODAY)).toEqual([]);
    for (const { place } of rowsOf(json).filter(({ removable }) => removable)) json = withValue(json, place, undefined);
    expect(json).toEqual(jsonOf('archive'));
  });
});
