import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { cuesIn, exactTime, parseTime, pointsOf, shiftBy, stretchTo, type Scope } from './retime.ts';
import { settleTyping } from './typing.ts';
import { useSnapToSpeech } from './use-speech.ts';

/** How far a first click moves: half a second is heard at once. Milliseconds. */
const USUAL_MS = 500;
const SCOPES: readonly Scope[] = ['one', 'from', 'all'];

/** Moves the captions that are meant earlier or later. */
function ShiftRow({ meant }: { meant: readonly Cue[] }) {
  const { t } = useText();
  const { session } = useCut();
  const [ms, setMs] = useState(USUAL_MS);
  const move = (way: 1 | -1) => {
    settleTyping();
    const asked = way * Math.round(ms * 1000);
    const shift = shiftBy(meant, asked);
    if (shift) session.run(shift.operation);
    if (way === -1 && shift?.byUs !== asked) {
      toast(t('captions.time.atStart', { ms: Math.round(-(shift?.byUs ?? 0) / 1000) }), { icon: 'info' });
    }
  };
  const still = meant.length === 0 || ms <= 0;
  return (
    <div className="row time-row">
      <NumberInput
        className="grow"
        aria-label={t('captions.time.byLabel')}
        value={ms}
        min={0}
        max={3_600_000}
        step={100}
        allowDecimal={false}
        suffix={` ${t('captions.time.by')}`}
        onChange={(value) => setMs(typeof value === 'number' ? value : 0)}
      />
      <Btn size="xs" disabled={still} onClick={() => move(-1)}>
        {t('captions.time.earlier')}
      </Btn>
      <Btn size="xs" disabled={still} onClick={() => move(1)}>
        {t('captions.time.later')}
      </Btn>
    </div>
  );
}

/** Sets the captions that are meant to the speech nearest to them. */
function SpeechRow({ meant }: { meant: readonly Cue[] }) {
  const { t } = useText();
  const snap = useSnapToSpeech(useCut());
  return (
    <div className="row time-row">
      <span className="grow t2 s12">{t('captions.speech.hint')}</span>
      <Btn size="xs" disabled={meant.length === 0} onClick={() => snap(meant)}>
        {t('captions.speech.button')}
      </Btn>
    </div>
  );
}

interface StretchFormProps {
  meant: readonly Cue[];
  points: readonly [number, number];
  /** Numbers of the first and the last caption, from 1. */
  numbers: readonly [number, number];
}

/** Two captions are given their times; all between them go along. */
function StretchForm({ meant, points, numbers }: StretchFormProps) {
  const { t } = useText();
  const { session, player } = useCut();
  const [times, setTimes] = useState<readonly [string, string]>([exactTime(points[0]), exactTime(points[1])]);
  const [bad, setBad] = useState(false);
  const set = (at: 0 | 1, text: string) => {
    setBad(false);
    setTimes(at === 0 ? [text, times[1]] : [times[0], text]);
  };
  const apply = () => {
    settleTyping();
    const [a, b] = [parseTime(times[0]), parseTime(times[1])];
    if (a === null || b === null || b <= a) {
      setBad(true);
      return;
    }
    // A field shows milliseconds: one that was left alone means its caption's own time.
    const to = [a, b].map((us, i) => (times[i] === exactTime(points[i] ?? 0) ? (points[i] ?? 0) : us));
    const operation = stretchTo(meant, [to[0] ?? a, to[1] ?? b]);
    if (operation) session.run(operation);
  };
  return (
    <>
      {([0, 1] as const).map((at) => (
        <div className="row time-row" key={at}>
          <label className="grow" htmlFor={`stretch-${String(at)}`}>
            {t(at === 0 ? 'captions.time.first' : 'captions.time.last', { n: numbers[at] })}
          </label>
          <TextInput
            id={`stretch-${String(at)}`}
            className="time-field"
            value={times[at]}
            error={bad}
            aria-describedby={bad ? 'stretch-bad' : undefined}
            onChange={(e) => set(at, e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && !e.nativeEvent.isComposing) apply();
            }}
          />
          <IconBtn
            icon="clock"
            size="sm"
            label={t('captions.time.here', { n: numbers[at] })}
            onClick={() => set(at, exactTime(player.getTime()))}
          />
        </div>
      ))}
      {bad ? (
        <p id="stretch-bad" role="alert" className="tw s12">
          {t('captions.time.bad')}
        </p>
      ) : null}
      <div className="row">
        <Btn size="xs" onClick={apply}>
          {t('captions.time.apply')}
        </Btn>
      </div>
    </>
  );
}

/** Moves captions in time: the selected one, those from it on, or all; by a time, or through two points. */
export function RetimeForm() {
  const { t } = useText();
  const { timeline, selection } = useCutState();
  const { cues } = timeline.captions;
  const selected = selection?.kind === 'cue' ? selection.id : null;
  const [asked, setAsked] = useState<Scope>(selected === null ? 'all' : 'from');
  const meant = cuesIn(cues, asked, selected);
  const points = pointsOf(meant);
  const [first, last] = [meant[0], meant.at(-1)];
  const numbers = [first ? cues.indexOf(first) + 1 : 0, last ? cues.indexOf(last) + 1 : 0] as const;
  return (
    <section className="style-form" aria-label={t('captions.time.label')}>
      <SegmentedControl
        fullWidth
        aria-label={t('captions.time.scope')}
        value={asked}
        onChange={setAsked}
        data={SCOPES.map((value) => ({ value, label: t(`captions.time.${value}`) }))}
      />
      <p className="t2 s12" role="status">
        {meant.length === 0 ? t('captions.time.none') : t('captions.time.count', { count: meant.length })}
      </p>
      <ShiftRow meant={meant} />
      <SpeechRow meant={meant} />
      <h3>{t('captions.time.stretch')}</h3>
      {points ? (
        <StretchForm key={`${points.join()} ${numbers.join()}`} meant={meant} points={points} numbers={numbers} />
      ) : (
        <p className="t2 s12">{t('captions.time.needTwo')}</p>
      )}
    </section>
  );
}
