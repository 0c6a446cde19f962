import { Autocomplete, Menu } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { allBehind, speakerFrom, unnamedBehind } from './speakers.ts';
import { cuesMeant, runSpeaker, useSpeakerChoices, useSpeakerWish } from './use-speakers.ts';

/** The same speaker for captions behind this one. */
function SpeakerOn({ cue }: { cue: Cue }) {
  const { t } = useText();
  const { session } = useCut();
  const { cues } = useCutState().timeline.captions;
  const speaker = cue.speaker ?? null;
  const give = (ids: ReadonlySet<string>) => {
    const count = runSpeaker(session, ids, speaker);
    if (count > 0)
      toast(
        t(speaker === null ? 'captions.speaker.cleared' : 'captions.speaker.given', { count, name: speaker ?? '' }),
      );
  };
  const [unnamed, all] = [unnamedBehind(cues, cue.id), allBehind(cues, cue.id)];
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <IconBtn icon="down" size="sm" label={t('captions.speaker.on')} disabled={all.size === 0} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('captions.speaker.on')}</Menu.Label>
        <Menu.Item disabled={unnamed.size === 0 || speaker === null} onClick={() => give(unnamed)}>
          {t('captions.speaker.unnamed', { count: unnamed.size })}
        </Menu.Item>
        <Menu.Item onClick={() => give(all)}>{t('captions.speaker.rest', { count: all.size })}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who speaks in the selected caption, or in all that are picked: one of the film, one of the story's people, or a new name. */
export function CueSpeaker({ cue, index }: { cue: Cue; index: number }) {
  const { t } = useText();
  const { session } = useCut();
  const { timeline, picked } = useCutState();
  const names = useSpeakerChoices(timeline.captions.cues);
  const [draft, setDraft] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const wish = useSpeakerWish();
  const asked = wish.cueId === cue.id ? wish.times : 0;
  useEffect(() => {
    if (asked === 0) return;
    input.current?.focus();
    input.current?.select();
    useSpeakerWish.setState({ cueId: null });
  }, [asked]);
  const count = picked.filter(({ kind }) => kind === 'cue').length;
  const keep = (text: string) => {
    setDraft(null);
    runSpeaker(session, cuesMeant(session, cue.id), speakerFrom(text));
  };
  const label = count > 1 ? t('captions.speaker.many', { count }) : t('captions.speaker.of', { n: index + 1 });
  return (
    <div className="row cue-speaker">
      <Autocomplete
        ref={input}
        className="grow"
        size="xs"
        aria-label={label}
        placeholder={t('captions.speaker.placeholder')}
        leftSection={<Icon name="person" size={14} />}
        data={names}
        maxLength={80}
        value={draft ?? cue.speaker ?? ''}
        // With the whole name in the field all names are offered: somebody wants another one.
        {...(draft === null ? { filter: ({ options }) => options } : {})}
        onChange={setDraft}
        onOptionSubmit={(name) => {
          keep(name);
          setTimeout(() => input.current?.blur());
        }}
        onBlur={() => draft !== null && keep(draft)}
        onKeyDown={(e) => {
          if (e.nativeEvent.isComposing) return;
          if (e.key === 'Escape') {
            setDraft(null);
            setTimeout(() => input.current?.blur());
          }
          // An option that is marked by the arrows is taken by the list itself.
          if (e.key === 'Enter' && input.current?.getAttribute('aria-activedescendant') === null) input.current.blur();
        }}
      />
      {count > 1 ? null : <SpeakerOn cue={cue} />}
      <Kbd keys={shortcutOf('cut.cueSpeaker') ?? ''} />
    </div>
  );
}
