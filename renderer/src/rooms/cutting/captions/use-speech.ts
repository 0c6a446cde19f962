/** Captions set to the speech nearest to them, asked for by a person. */
import { useCallback } from 'react';
import { speechIn, type SpeechSpan } from '../../../../../core/model/captions/speech.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import type { Pyramid } from '../board/strips/mapping.ts';
import { peaks } from '../board/strips/sources.ts';
import type { Cut } from '../use-cut.ts';
import { heardAround, toSpeech, type Heard } from './speech.ts';
import { settleTyping } from './typing.ts';

/** Found once for each recording, and gone with its peaks. */
const found = new WeakMap<Pyramid, readonly SpeechSpan[]>();

function speechOf(pyramid: Pyramid): readonly SpeechSpan[] {
  const known = found.get(pyramid);
  if (known) return known;
  const speech = speechIn({ perSecond: pyramid.perSecond, levels: pyramid.floors[0] ?? new Uint8Array(0) });
  found.set(pyramid, speech);
  return speech;
}

/** The speech of every recording that is heard; null where one has no peaks yet. */
async function speechByAsset(heard: readonly Heard[]): Promise<Map<string, readonly SpeechSpan[]> | null> {
  const ids = [...new Set(heard.map(({ assetId }) => assetId))];
  const all = await Promise.all(ids.map(async (id) => [id, await peaks.take(id)] as const));
  const known = all.flatMap(([id, pyramid]) => (pyramid ? [[id, speechOf(pyramid)] as const] : []));
  return known.length === ids.length ? new Map(known) : null;
}

/** Sets captions to the nearest speech, as one step of undo, and says what came of it. */
export function useSnapToSpeech({ session, assets }: Pick<Cut, 'session' | 'assets'>): (meant: readonly Cue[]) => void {
  const { t } = useText();
  return useCallback(
    (meant) => {
      settleTyping();
      const work = async () => {
        const before = session.getState();
        const heard = heardAround(before.timeline, before.places, meant);
        const made = heard.every(({ assetId }) => assets.get(assetId)?.peaks === true);
        const speech = made ? await speechByAsset(heard) : null;
        if (!speech) return toast(t('captions.speech.notReady'), { icon: 'info' });
        // The peaks may have taken a moment: what has changed meanwhile is not undone.
        const { timeline, places } = session.getState();
        const ids = new Set(meant.map(({ id }) => id));
        const cues = timeline.captions.cues.filter(({ id }) => ids.has(id));
        const now = heardAround(timeline, places, cues);
        const operations = toSpeech(cues, now, (assetId) => speech.get(assetId) ?? []);
        if (operations.length === 0) return toast(t('captions.speech.none'), { icon: 'info' });
        if (session.run(operations)) toast(t('captions.speech.done', { count: operations.length }), { icon: 'check' });
      };
      void work();
    },
    [session, assets, t],
  );
}
