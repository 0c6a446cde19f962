/** Keys of the cutting room at work: L, J and K on the film, N on what things snap to. */
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VideoProject } from '../../../../core/model/contract/video.ts';
import { clip, emptyTimeline, type Timeline } from '../../../../core/model/timeline/timeline.ts';
import { handleKey, runCommand } from '../../commands/registry.ts';
import { useBoardView } from './board/use-board-view.ts';
import { CutSession } from './cut-session.ts';
import { Player } from './player/player.ts';
import { useCutCommands } from './use-cut-commands.ts';
import type { Cut } from './use-cut.ts';

const S = 1_000_000;
const film: Timeline = {
  ...emptyTimeline(),
  assets: [
    {
      ...{ assetId: 'a', sha256: 'a'.repeat(64), name: 'a.mp4', kind: 'video', durationUs: 20 * S },
      ...{ width: 1920, height: 1080, frameRate: '25/1', variable: false, hasAudio: true },
    },
  ],
  storyline: [clip.parse({ id: 'c', assetId: 'a', inUs: 0, outUs: 20 * S })],
};

const project: VideoProject = {
  ...{ projectId: 'p', storyId: 's', title: '', durationUs: 20 * S, clips: 1, cues: 0, coverAssetId: null },
  ...{ createdAt: 0, updatedAt: 0, updatedBy: { userId: 'u', name: '方老师' }, removedAt: null },
  ...{ timeline: film, contentHash: 'h', seq: 0, savedAt: 0 },
};

/** The room's commands on a film nobody may change, which leaves playing and looking. */
function room() {
  const lost = () => Promise.reject(new Error('nothing is sent'));
  const ways = { fetch: lost, send: lost, tell: () => undefined, canEdit: false };
  const session = new CutSession(project, { ...ways, judge: () => 'retry' });
  const player = new Player(film);
  const cut: Cut = {
    ...{ session, player, projectId: 'p', storyId: 's', assets: new Map(), shown: film },
    ...{ edit: null, setEdit: () => undefined, shape: null, setShape: () => undefined },
  };
  const { result } = renderHook(() => {
    const view = useBoardView(session.getDuration);
    useCutCommands(cut, view, () => undefined);
    return view;
  });
  return { player, snaps: () => result.current.snap };
}

/** Presses a key where the focus is; whether it was used up. */
function press(code: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body): boolean {
  const letter = code.slice(-1).toLowerCase();
  const event = new KeyboardEvent('keydown', { key: letter, code, bubbles: true, cancelable: true, ...init });
  target.addEventListener('keydown', () => handleKey(event, false), { once: true });
  act(() => void target.dispatchEvent(event));
  return event.defaultPrevented;
}

describe('the keys', () => {
  // The clock stands: what is seen is what the keys do, not what time does.
  beforeEach(() => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('L plays, faster each time; J turns round; K stops', () => {
    const { player } = room();
    const after = (code: string) => {
      expect(press(code)).toBe(true);
      const { playing, rate } = player.getState();
      return playing ? rate : null;
    };
    act(() => player.seek(10 * S));
    expect(['KeyL', 'KeyL', 'KeyL', 'KeyL'].map(after)).toEqual([1, 2, 4, 4]);
    expect(['KeyJ', 'KeyJ', 'KeyJ', 'KeyJ', 'KeyL'].map(after)).toEqual([-1, -2, -4, -4, 1]);
    expect(['KeyK', 'KeyK', 'KeyJ', 'KeyK'].map(after)).toEqual([null, null, -1, null]);
    expect(player.getTime()).toBe(10 * S);
    for (const [id, rate] of [
      ['cut.forward', 1],
      ['cut.reverse', -1],
      ['cut.pause', 1],
    ] as const) {
      act(() => void runCommand(id));
      expect(player.getState().rate, id).toBe(rate);
    }
  });

  it('work in any input method, and neither in a field nor with another key held', () => {
    const { player } = room();
    const field = document.body.appendChild(document.createElement('textarea'));
    for (const code of ['KeyL', 'KeyJ', 'KeyN']) expect(press(code, {}, field), code).toBe(false);
    for (const held of [{ ctrlKey: true }, { altKey: true }, { shiftKey: true }]) {
      expect(press('KeyL', held)).toBe(false);
      expect(press('KeyJ', held)).toBe(false);
    }
    expect(player.getState().playing).toBe(false);
    expect(press('KeyL', { key: 'Process' })).toBe(true);
    expect(player.getState().playing).toBe(true);
    player.pause();
    field.remove();
  });

  it('N lets things snap and lets them be', () => {
    const { snaps } = room();
    expect(snaps()).toBe(true);
    expect(press('KeyN')).toBe(true);
    expect(snaps()).toBe(false);
    expect(press('KeyN')).toBe(true);
    expect(snaps()).toBe(true);
  });
});
