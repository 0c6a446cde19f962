import { useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { FAINT_DB, HOT_DB, SILENT_DB, shareOf, type Reading } from './level.ts';
import type { VoiceRecorder } from './recorder.ts';

/** Words and the number follow more slowly than the bar: they are to be read. Milliseconds. */
const SAY_EVERY_MS = 400;

type Verdict = 'silent' | 'faint' | 'good' | 'hot';

const verdictOf = (heldDb: number): Verdict =>
  heldDb >= HOT_DB ? 'hot' : heldDb >= FAINT_DB ? 'good' : heldDb > SILENT_DB + 3 ? 'faint' : 'silent';

/** How loud the microphone is, from −60 to 0 dBFS: the bar, the loudest of the last moments, and whether that is good. */
export function VoiceMeter({ recorder }: { recorder: VoiceRecorder }) {
  const { t } = useText();
  const bar = useRef<HTMLElement>(null);
  const mark = useRef<HTMLElement>(null);
  const [said, setSaid] = useState({ db: SILENT_DB, verdict: 'silent' as Verdict });
  useEffect(() => {
    let saidAt = 0;
    return recorder.onLevel((reading: Reading) => {
      bar.current?.style.setProperty('--share', String(shareOf(reading.db)));
      mark.current?.style.setProperty('--share', String(shareOf(reading.heldDb)));
      if (reading.atMs - saidAt < SAY_EVERY_MS) return;
      saidAt = reading.atMs;
      const next = { db: Math.round(reading.heldDb), verdict: verdictOf(reading.heldDb) };
      setSaid((before) => (before.db === next.db && before.verdict === next.verdict ? before : next));
    });
  }, [recorder]);
  return (
    <div className="voice-level">
      <div
        className="voice-meter"
        role="meter"
        aria-label={t('voice.level')}
        aria-valuemin={SILENT_DB}
        aria-valuemax={0}
        aria-valuenow={said.db}
        aria-valuetext={t('voice.levelSaid', { db: said.db, verdict: t(`voice.verdict.${said.verdict}`) })}
      >
        <i className="voice-bar" ref={bar} />
        <i className="voice-held" ref={mark} data-verdict={said.verdict} />
      </div>
      <span className="voice-said s12" data-verdict={said.verdict}>
        {t(`voice.verdict.${said.verdict}`)}
      </span>
    </div>
  );
}
