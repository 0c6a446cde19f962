import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { Level } from '../Level.tsx';
import { Seconds } from '../Seconds.tsx';
import { FilePick } from './FilePick.tsx';
import type { PackFormProps } from './PartForm.tsx';

/** As music comes in elsewhere in the room (acts.ts), and gently. */
const NEW_MUSIC = { gainDb: -12, duckDb: -9, fadeInUs: 1_000_000, fadeOutUs: 2_000_000 };
const LONGEST_FADE_US = 20_000_000;

/** Music under the whole film. */
export function MusicForm({ pack, disabled, onChange }: PackFormProps) {
  const { t } = useText();
  const { music } = pack;
  const [choosing, setChoosing] = useState(false);
  const on = music !== null || choosing;
  const set = (change: Partial<typeof NEW_MUSIC>) => music && onChange({ music: { ...music, ...change } });
  const fade = (us: number) => Math.min(LONGEST_FADE_US, us);
  return (
    <section className="pack-part" aria-label={t('pack.music')}>
      <div className="pack-head">
        <h3>{t('pack.music')}</h3>
        <Switch
          size="xs"
          label={t('pack.musicOn')}
          checked={on}
          disabled={disabled}
          onChange={(e) => {
            setChoosing(e.currentTarget.checked);
            if (!e.currentTarget.checked) onChange({ music: null });
          }}
        />
      </div>
      {on ? (
        <FilePick
          label={t('pack.part.file')}
          fits="sound"
          file={music?.file ?? null}
          disabled={disabled}
          onChoose={(file) => {
            setChoosing(false);
            onChange({ music: { ...NEW_MUSIC, ...music, file } });
          }}
        />
      ) : null}
      {on && !music ? <p className="t3 s12">{t('pack.musicNote')}</p> : null}
      {music ? (
        <>
          <Level
            label={t('pack.level')}
            fieldLabel={t('pack.level')}
            value={music.gainDb}
            min={-40}
            max={6}
            disabled={disabled}
            onChange={(gainDb) => set({ gainDb })}
          />
          <Level
            label={t('pack.duck')}
            fieldLabel={t('pack.duck')}
            value={music.duckDb}
            min={-18}
            max={0}
            disabled={disabled}
            onChange={(duckDb) => set({ duckDb: Math.round(duckDb) })}
          />
          <div className="pack-three">
            <Seconds
              label={t('cutting.sound.fadeIn')}
              us={music.fadeInUs}
              disabled={disabled}
              onChange={(us) => set({ fadeInUs: fade(us) })}
            />
            <Seconds
              label={t('cutting.sound.fadeOut')}
              us={music.fadeOutUs}
              disabled={disabled}
              onChange={(us) => set({ fadeOutUs: fade(us) })}
            />
          </div>
        </>
      ) : null}
    </section>
  );
}
