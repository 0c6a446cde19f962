/** The key of tapping along, and what it does. */
import { useEffect, useState } from 'react';
import { useCut } from '../use-cut.ts';
import { timed, turnOf, walkFrom, type Walk } from './tap.ts';

/** Held while the words are spoken. Plays, cuts and zooms nothing else in the room. */
const KEY = 'KeyT';

const inField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  (event.target.isContentEditable || event.target.matches('input, textarea, select, [role="dialog"] *'));

export function useTaps() {
  const { session, player } = useCut();
  const [walk, setWalk] = useState<Walk>(() => {
    const { timeline, selection } = session.getState();
    return walkFrom(timeline.captions.cues, selection?.kind === 'cue' ? selection.id : null);
  });
  /** Where the key went down; null: it is up. */
  const [downUs, setDownUs] = useState<number | null>(null);
  const cuesNow = () => session.getState().timeline.captions.cues;
  const press = () => {
    if (downUs === null && turnOf(walk, cuesNow())) setDownUs(player.getTime());
  };
  const release = () => {
    if (downUs === null) return;
    setDownUs(null);
    const turn = turnOf(walk, cuesNow());
    if (turn && session.run(timed(cuesNow(), turn.cue.id, downUs, player.getTime())))
      setWalk({ ...walk, at: turn.at + 1 });
  };
  const back = () => {
    const before = walk.ids.slice(0, walk.at).findLastIndex((id) => cuesNow().some((cue) => cue.id === id));
    if (before === -1) return;
    setWalk({ ...walk, at: before });
    // A second earlier, to hear the words come.
    player.seek((cuesNow().find(({ id }) => id === walk.ids[before])?.startUs ?? 0) - 1_000_000);
  };
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.code !== KEY || !plain || inField(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.code === KEY) release();
    };
    const forget = () => setDownUs(null);
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    window.addEventListener('blur', forget);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', forget);
    };
  });
  return { walk, down: downUs !== null, press, release, back };
}
