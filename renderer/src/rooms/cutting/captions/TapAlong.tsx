import { useEffect } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { turnOf } from './tap.ts';
import { settleTyping } from './typing.ts';
import { useTaps } from './use-taps.ts';

/** Captions get their times while the film plays: a key is held as long as the words are heard. */
export function TapAlong({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { session } = useCut();
  const { cues } = useCutState().timeline.captions;
  const { walk, down, press, release, back } = useTaps();
  useEffect(() => {
    settleTyping();
    // An open text would take the key for a letter.
    session.select(null);
  }, [session]);
  const turn = turnOf(walk, cues);
  const n = turn ? cues.indexOf(turn.cue) + 1 : 0;
  const left = walk.ids.length - (turn?.at ?? walk.ids.length);
  return (
    <section className={down ? 'tap down' : 'tap'} aria-label={t('captions.tap.label')}>
      <p className="t2 s12">{t('captions.tap.hint')}</p>
      <p className="tap-words wrap">{turn ? turn.cue.text : t('captions.tap.done')}</p>
      <p className="t2 s12" role="status">
        {turn ? t(down ? 'captions.tap.down' : 'captions.tap.next', { n, left }) : ''}
      </p>
      <div className="row">
        <Btn
          size="xs"
          icon="music"
          disabled={!turn}
          onPointerDown={press}
          onPointerUp={release}
          onPointerLeave={release}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || e.repeat) return;
            e.preventDefault();
            press();
          }}
          onKeyUp={(e) => {
            if (e.key === 'Enter') release();
          }}
        >
          {t('captions.tap.hold')}
        </Btn>
        <IconBtn icon="undo" size="sm" label={t('captions.tap.back')} disabled={walk.at === 0} onClick={back} />
        <Btn size="xs" kind="quiet" className="push" onClick={onClose}>
          {t('captions.tap.end')}
        </Btn>
      </div>
    </section>
  );
}
