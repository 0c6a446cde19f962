import { SegmentedControl, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { NEW_CARD, packProblems, type OfficePack, type PackPart } from '../../../../../core/model/office-pack/index.ts';
import { TITLE_LOOKS, titleLookOf } from '../../../../../core/model/timeline/title-looks.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ColourField, longColour } from '../../../ui/ColourField.tsx';
import { Seconds } from '../Seconds.tsx';
import { FilePick } from './FilePick.tsx';

/** Whole colours of a pack are written in capitals. */
export const packColour = (value: string): string => longColour(value).toUpperCase();

type Card = Extract<PackPart, { kind: 'card' }>;
const SHORTEST_US = 500_000;
const LONGEST_US = 60_000_000;
const within = (us: number): number => Math.min(LONGEST_US, Math.max(SHORTEST_US, us));

export interface PackFormProps {
  pack: OfficePack;
  disabled: boolean;
  onChange: (change: Partial<OfficePack>) => void;
}

function CardFields({ side, card, pack, disabled, onChange }: CardProps) {
  const { t, language } = useText();
  const lang = language === 'en' ? 'en' : 'zh';
  const look = titleLookOf(card.title.look);
  const hard = packProblems(pack).some(({ place }) => place === `${side}/colour`);
  const title = (change: Partial<Card['title']>) => onChange({ ...card, title: { ...card.title, ...change } });
  return (
    <>
      <div className="pack-three">
        <ColourField
          label={t('pack.card.colour')}
          pickLabel={t('pack.pick', { name: t('pack.card.colour') })}
          value={card.colour}
          disabled={disabled}
          {...(hard ? { description: <span className="tw">{t('pack.card.contrast')}</span> } : {})}
          onChange={(value) => onChange({ ...card, colour: packColour(value) })}
        />
        <Select
          label={t('pack.card.look')}
          size="xs"
          allowDeselect={false}
          disabled={disabled}
          value={card.title.look}
          data={TITLE_LOOKS.map(({ id, name }) => ({ value: id, label: name[lang] }))}
          onChange={(value) => value !== null && title({ look: value })}
        />
        <Seconds
          label={t('pack.card.length')}
          us={card.lastsUs}
          disabled={disabled}
          onChange={(us) => onChange({ ...card, lastsUs: within(us) })}
        />
      </div>
      {(look?.lines ?? []).map(({ field, name, sample }) => (
        <Textarea
          key={field}
          label={name[lang]}
          size="xs"
          autosize
          minRows={1}
          maxRows={4}
          placeholder={sample}
          disabled={disabled}
          value={card.title.texts[field] ?? ''}
          onChange={(e) => title({ texts: { ...card.title.texts, [field]: e.currentTarget.value } })}
        />
      ))}
      <p className="t3 s12">{t('pack.holders')}</p>
    </>
  );
}

interface CardProps extends Pick<PackFormProps, 'pack' | 'disabled'> {
  side: 'opening' | 'closing';
  card: Card;
  onChange: (card: Card) => void;
}

const KINDS = ['none', 'card', 'file'] as const;

/** How the film opens or closes: not at all, with words on a card, with a file of the media. */
export function PartForm({ side, pack, disabled, onChange }: PackFormProps & { side: 'opening' | 'closing' }) {
  const { t } = useText();
  const part = pack[side];
  // A file is not there before one is chosen; until then nothing changes.
  const [choosing, setChoosing] = useState(false);
  const [lastCard, setLastCard] = useState<Card>(part?.kind === 'card' ? part : NEW_CARD);
  const kind = choosing ? 'file' : (part?.kind ?? 'none');
  const set = (next: PackPart | null) => onChange({ [side]: next });
  return (
    <section className="pack-part" aria-label={t(`pack.${side}`)}>
      <div className="pack-head">
        <h3>{t(`pack.${side}`)}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t(`pack.${side}`)}
          disabled={disabled}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`pack.part.${value}`) }))}
          onChange={(value) => {
            setChoosing(value === 'file' && part?.kind !== 'file');
            if (part?.kind === 'card') setLastCard(part);
            if (value === 'none') set(null);
            if (value === 'card') set(part?.kind === 'card' ? part : lastCard);
          }}
        />
      </div>
      {part?.kind === 'card' && !choosing ? (
        <CardFields side={side} card={part} pack={pack} disabled={disabled} onChange={set} />
      ) : null}
      {kind === 'file' ? (
        <div className="pack-file">
          <FilePick
            label={t('pack.part.file')}
            fits="picture"
            file={part?.kind === 'file' ? part.file : null}
            disabled={disabled}
            onChoose={(file) => {
              setChoosing(false);
              set({ kind: 'file', file, lastsUs: part?.lastsUs ?? NEW_CARD.lastsUs });
            }}
          />
          <Seconds
            label={t('pack.fileLength')}
            us={part?.lastsUs ?? NEW_CARD.lastsUs}
            disabled={disabled || part?.kind !== 'file'}
            onChange={(us) => part?.kind === 'file' && set({ ...part, lastsUs: within(us) })}
          />
        </div>
      ) : null}
    </section>
  );
}
