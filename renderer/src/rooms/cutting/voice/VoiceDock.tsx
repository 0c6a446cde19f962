import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../../client/client.ts';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { LostTakes } from './LostTakes.tsx';
import { COUNT_FROM, type VoiceState } from './recorder.ts';
import { useVoice, type Voice } from './use-voice.ts';
import { VoicePanel } from './VoicePanel.tsx';
import './voice.css';

/** While somebody waits or speaks, Escape ends it and nothing else. */
function useEscape({ recorder }: Voice, { phase }: VoiceState): void {
  useEffect(() => {
    if (phase !== 'counting' && phase !== 'recording') return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      recorder.stop();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [recorder, phase]);
}

/** How often a take that somebody seems to be making is looked at again, milliseconds. */
const LOOK_AGAIN_MS = 5000;

/** Takes of this film that were left behind. */
function useLostTakes(projectId: string, enabled: boolean, mine: string | null) {
  const found = useQuery(
    api.takes.list.queryOptions({
      input: { projectId },
      enabled,
      // What another window, or this one before, left behind minutes ago is offered now.
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.some(({ live }) => live) ? LOOK_AGAIN_MS : false),
    }),
  ).data;
  return (found ?? []).filter(({ takeId, live }) => !live && takeId !== mine);
}

/** Recording a voice over the film: under the picture, while it is asked for. */
export function VoiceDock() {
  const { t } = useText();
  const { session, projectId } = useCut();
  const { places } = useCutState();
  const voice = useVoice();
  const { recorder, state } = voice;
  const can = session.canEdit;
  useEscape(voice, state);
  useCommand(
    'cut.voice',
    () => {
      if (state.phase === 'closed') void recorder.open();
      else if (state.phase === 'counting' || state.phase === 'recording') recorder.stop();
      else void recorder.start();
    },
    can && places.durationUs > 0,
  );
  const lost = useLostTakes(projectId, can, recorder.takeId);
  const counting = state.phase === 'counting';
  return (
    <>
      {counting ? (
        <div className="voice-count" aria-hidden="true" key={state.count}>
          {state.count}
        </div>
      ) : null}
      <p className="vh" role="alert">
        {counting
          ? state.count === COUNT_FROM
            ? t('voice.counting', { count: state.count })
            : String(state.count)
          : state.phase === 'recording'
            ? t('voice.recordingNow')
            : ''}
      </p>
      {lost.length > 0 && state.phase !== 'recording' && !counting ? <LostTakes takes={lost} /> : null}
      {state.phase === 'closed' ? null : <VoicePanel voice={voice} />}
    </>
  );
}
