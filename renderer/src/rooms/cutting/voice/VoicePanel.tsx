import { NumberInput, Popover, Select, Switch } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { shortcutOf } from '../../../commands/keys.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { cueTime, seconds } from '../time/timecode.ts';
import { useAtPlayhead, useCut, useCutState, type Cut } from '../use-cut.ts';
import { MOST_TRIM_MS } from './choice.ts';
import type { Taken, VoiceState } from './recorder.ts';
import { voicesBetween } from './take-edits.ts';
import type { Voice } from './use-voice.ts';
import { VoiceMeter } from './VoiceMeter.tsx';

/** Which microphone, whether the film is heard, and what is put to the latency. */
function Settings({ voice }: { voice: Voice }) {
  const { t } = useText();
  const { choice, choose } = voice;
  return (
    <Popover position="top-end" width={300} trapFocus withArrow shadow="md">
      <Popover.Target>
        <IconBtn icon="gear" size="sm" label={t('voice.settings')} />
      </Popover.Target>
      <Popover.Dropdown className="voice-settings" aria-label={t('voice.settings')}>
        <NumberInput
          label={t('voice.trim')}
          description={t('voice.trimHint')}
          suffix={t('voice.trimUnit')}
          value={choice.trimMs}
          min={-MOST_TRIM_MS}
          max={MOST_TRIM_MS}
          step={10}
          allowDecimal={false}
          onChange={(value) => typeof value === 'number' && choose({ trimMs: value })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function MicrophoneField({ voice, disabled }: { voice: Voice; disabled: boolean }) {
  const { t } = useText();
  const { state, choose } = voice;
  const named = state.microphones.map(({ deviceId, label }, i) => ({
    value: deviceId,
    label: label || t('voice.microphoneNo', { n: i + 1 }),
  }));
  return (
    <Select
      className="voice-mic"
      size="xs"
      aria-label={t('voice.microphone')}
      placeholder={t(named.length > 0 ? 'voice.microphoneOther' : 'voice.microphoneNone')}
      data={named.filter(({ value }, i) => value !== '' && named.findIndex((one) => one.value === value) === i)}
      value={state.deviceId}
      disabled={disabled || named.length === 0}
      allowDeselect={false}
      onChange={(deviceId) => choose({ deviceId })}
      leftSection={<Icon name="mic" size={14} />}
    />
  );
}

/** What was just spoken: heard again, spoken again, kept, thrown away. */
function TakenActs({ voice, taken }: { voice: Voice; taken: Taken }) {
  const { t } = useText();
  const { player } = useCut();
  const { recorder } = voice;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className="row voice-acts">
      <Btn ref={first} size="sm" icon="play" onClick={() => listen(player, taken)}>
        {t('voice.listen')}
      </Btn>
      <Btn size="sm" icon="undo" onClick={() => void recorder.takeAgain()}>
        {t('voice.takeAgain')}
      </Btn>
      <Btn size="sm" kind="quiet" icon="trash" onClick={() => void recorder.throwAway()}>
        {t('voice.throwAway')}
      </Btn>
      <Btn size="sm" kind="primary" icon="check" onClick={() => recorder.keep()}>
        {t('voice.keep')}
      </Btn>
    </div>
  );
}

/** Plays the film from where the take begins to where it ends. */
function listen(player: Cut['player'], { atUs, durationUs }: Taken): void {
  player.pause();
  player.seek(atUs);
  player.play(1);
  const stops = [
    player.onTime((us) => {
      if (us >= atUs + durationUs) player.pause();
    }),
    player.subscribe(() => {
      if (!player.getState().playing) for (const stop of stops.splice(0)) stop();
    }),
  ];
}

/** A picture that stood still for longer than this is told, milliseconds: lips and words part by eye from about here on (ITU-R BT.1359-1). */
const SLIP_MS = 125;

/** One sentence about what is going on. */
function Saying({ state }: { state: VoiceState }) {
  const { t } = useText();
  const { timeline } = useCutState();
  const now = useAtPlayhead((us) => Math.floor(us / 100_000));
  const { taken, phase, atUs } = state;
  if (phase === 'counting') return <>{t('voice.countingHint')}</>;
  if (phase === 'recording')
    return <>{t('voice.recording', { seconds: seconds(Math.max(0, now * 100_000 - atUs)) })}</>;
  if (phase === 'keeping') return <>{t('voice.keeping')}</>;
  if (taken) {
    const { name, durationUs, soundId, slipMs } = taken;
    const others = voicesBetween(timeline, taken.atUs, taken.atUs + durationUs, soundId).length;
    return (
      <>
        {t('voice.taken', { name, time: cueTime(taken.atUs), seconds: seconds(durationUs) })}
        {others > 0 ? t('voice.overlaps', { count: others }) : ''}
        {Math.abs(slipMs) > SLIP_MS ? t('voice.slipped', { seconds: (Math.abs(slipMs) / 1000).toFixed(1) }) : ''}
      </>
    );
  }
  if (state.notice) return <>{t(`voice.notice.${state.notice}`)}</>;
  return <ReadyHint />;
}

/** Before it begins: where it will begin, and what is in the way. */
function ReadyHint() {
  const { t } = useText();
  const { timeline, places } = useCutState();
  const time = useAtPlayhead(cueTime);
  const ahead = useAtPlayhead((us) => {
    const [first] = voicesBetween(timeline, us, places.durationUs).sort((a, b) => a.startUs - b.startUs);
    return first?.startUs ?? null;
  });
  const from = t('voice.from', { time });
  return <>{ahead === null ? from : `${from}${t('voice.ahead', { time: cueTime(ahead) })}`}</>;
}

function RecordButton({ voice }: { voice: Voice }) {
  const { t } = useText();
  const { recorder, state } = voice;
  const { phase } = state;
  const running = phase === 'counting' || phase === 'recording';
  const label = phase === 'recording' ? 'voice.stop' : phase === 'counting' ? 'voice.cancel' : 'voice.record';
  return (
    <Btn
      size="sm"
      kind="primary"
      className="voice-record"
      icon={running ? 'halt' : 'record'}
      disabled={phase === 'keeping'}
      onClick={() => (running ? recorder.stop() : void recorder.start())}
    >
      {t(label)}
      <Kbd keys={shortcutOf('cut.voice') ?? ''} />
    </Btn>
  );
}

/** What went wrong, and the way on. */
function Trouble({ voice }: { voice: Voice }) {
  const { t } = useText();
  const { recorder, state } = voice;
  if (!state.error) return null;
  const { stranded, deviceId } = state;
  return (
    <ErrorNote error={state.error}>
      {stranded ? (
        <Btn size="sm" onClick={() => void recorder.again()}>
          {t('voice.layAgain')}
        </Btn>
      ) : null}
      {deviceId === null ? (
        <Btn size="sm" onClick={() => void recorder.open()}>
          {t('voice.openAgain')}
        </Btn>
      ) : null}
      <Btn size="sm" kind="quiet" onClick={() => recorder.close()}>
        {t('voice.close')}
      </Btn>
    </ErrorNote>
  );
}

/** The bar under the picture: microphone, level, record, and what to do with what was spoken. */
export function VoicePanel({ voice }: { voice: Voice }) {
  const { t } = useText();
  const { recorder, state, choice, choose } = voice;
  const { phase, taken } = state;
  const still = phase === 'ready' || phase === 'taken';
  // Without a microphone there is nothing to set and nothing to press: the picture keeps the room.
  const none = state.error !== null && state.deviceId === null && !taken;
  const others = state.microphones.length > 1;
  return (
    <section className="voice" data-phase={phase} aria-label={t('voice.label')}>
      <Trouble voice={voice} />
      {none && !others ? null : (
        <div className="row voice-row">
          <MicrophoneField voice={voice} disabled={!still} />
          <VoiceMeter recorder={recorder} />
          <Settings voice={voice} />
          {state.error ? null : (
            <IconBtn icon="x" size="sm" label={t('voice.close')} disabled={!still} onClick={() => recorder.close()} />
          )}
        </div>
      )}
      <div className={none ? 'vh' : 'row voice-row'}>
        <p className="grow s12 voice-says" role="status">
          {none ? '' : <Saying state={state} />}
        </p>
        {taken ? <TakenActs voice={voice} taken={taken} /> : null}
        {taken || none ? null : (
          <>
            <Switch
              size="xs"
              label={t('voice.headphones')}
              checked={choice.headphones}
              disabled={!still}
              onChange={(e) => choose({ headphones: e.currentTarget.checked })}
            />
            <RecordButton voice={voice} />
          </>
        )}
      </div>
    </section>
  );
}
