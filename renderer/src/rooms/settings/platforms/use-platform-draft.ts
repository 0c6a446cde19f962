/** A platform's profile while it is being changed: what is wrong where, and keeping it. */
import { useState } from 'react';
import { toStudioError } from '../../../../../core/model/contract/client.ts';
import type { OfficePlatform } from '../../../../../core/model/contract/index.ts';
import { builtInBook } from '../../../../../core/model/platforms/book.ts';
import { platformProblems } from '../../../../../core/model/platforms/own.ts';
import type { PlatformProblem } from '../../../../../core/model/platforms/problems.ts';
import { client } from '../../../client/client.ts';
import { edited, isChanged, rowsOf, valueAt, withValue, type Json, type Row } from './form-rows.ts';
import { leavePlatform, useDraftKey, type Opened } from './kept-platform.ts';

/** `2026-12-01`, by the clock on the wall. */
export function todayText(now = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What the core told of a profile that it refused; empty for another error. */
export function toldBy(error: unknown): PlatformProblem[] {
  const { code, details } = toStudioError(error);
  const problems = (details as { problems?: PlatformProblem[] } | undefined)?.problems;
  return code === 'bad_input' && Array.isArray(problems) ? problems : [];
}

export function usePlatformDraft(opened: Opened, onKept: (kept: OfficePlatform) => void) {
  const key = useDraftKey();
  const [json, setJson] = useState(opened.draft ?? opened.profile);
  /** How often keeping it was tried; problems are told from the first time on. */
  const [tried, setTried] = useState(0);
  const [told, setTold] = useState<PlatformProblem[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const builtIn = builtInBook().get(String(json['target'])) ?? null;
  const problems = tried > 0 ? [...platformProblems(json, builtIn), ...told] : [];
  const change = (next: Json) => {
    setJson(next);
    leavePlatform(key, { ...opened, draft: next });
    setTold([]);
    setError(null);
  };
  const { before } = opened;
  const save = async () => {
    setTried((n) => n + 1);
    setError(null);
    if (platformProblems(json, builtIn).length > 0) return;
    setBusy(true);
    try {
      onKept(await client.platforms.save({ profile: json, base: opened.base }));
    } catch (cause) {
      const places = toldBy(cause);
      setTold(places);
      if (places.length === 0) setError(cause);
      setTried((n) => n + 1);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{ json, problems, error, busy, tried, save },
    rows: rowsOf(json),
    set: (place: string, value: unknown) => change(withValue(json, place, value)),
    edit: (row: Row, key: string, value: unknown) =>
      change(edited(json, row, key, value, { before, today: todayText() })),
    isChanged: (row: Row) => isChanged(row, json, before),
    /** What it was before; undefined for what was added. */
    was: (row: Row) => valueAt(before, row.place),
    giveBack: (row: Row) => change(withValue(json, row.place, valueAt(before, row.place))),
    dirty: JSON.stringify(json) !== JSON.stringify(opened.profile),
  };
}
export type PlatformDraft = ReturnType<typeof usePlatformDraft>;
