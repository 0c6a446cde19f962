import { SegmentedControl, Select, Switch, Textarea } from '@mantine/core';
import { COVER_LOOKS, coverLookOf } from '../../../../../core/model/timeline/cover-looks.ts';
import type { CoverTitle as Title, FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { useState } from 'react';
import type { FilmCoverEdit } from './use-film-cover.ts';

/** Percent of the look's own size. */
const SIZES = { small: 75, medium: 100, large: 130 } as const;
type Size = keyof typeof SIZES;
const NAMES: readonly Size[] = ['small', 'medium', 'large'];

function withTitle(cover: FilmCover, title: Title): FilmCover {
  const { title: _before, ...rest } = cover;
  return Object.values(title.texts).some((text) => text.trim() !== '') ? { ...rest, title } : rest;
}

const withWords = (cover: FilmCover, on: boolean): FilmCover => {
  const { words: _before, ...rest } = cover;
  return on ? { ...rest, words: true } : rest;
};

const sizeOf = (title: Title): Size => NAMES.find((name) => SIZES[name] === (title.size ?? SIZES.medium)) ?? 'medium';

/** What is written on the cover, and how. `suggested`: what the video is called. */
export function CoverTitle({ edit, suggested }: { edit: FilmCoverEdit; suggested: string }) {
  const { t, language } = useText();
  const { cover, canEdit, set, settle } = edit;
  const [first] = COVER_LOOKS;
  // A look can be chosen before there are words.
  const [bare, setBare] = useState<Title>({ look: first?.id ?? '', texts: {} });
  const title = cover.title ?? bare;
  const look = coverLookOf(title.look) ?? first;
  const change = (next: Title, wait = false) => {
    setBare(next);
    set(withTitle(cover, next), wait);
  };
  const sized = (size: Size): Title => {
    const { size: _before, ...rest } = title;
    return size === 'medium' ? rest : { ...rest, size: SIZES[size] };
  };
  const nameOf = (of: { zh: string; en: string }): string => (language === 'en' ? of.en : of.zh);
  return (
    <section className="fcover-words" aria-label={t('cover.words.label')}>
      {(look?.lines ?? []).map(({ field, name }) => (
        <Textarea
          key={field}
          label={nameOf(name)}
          value={title.texts[field] ?? ''}
          maxLength={200}
          autosize
          minRows={1}
          maxRows={3}
          disabled={!canEdit}
          onChange={(e) => change({ ...title, texts: { ...title.texts, [field]: e.currentTarget.value } }, true)}
          onBlur={settle}
        />
      ))}
      {(title.texts['title'] ?? '') === '' && suggested !== '' ? (
        <Btn
          size="sm"
          kind="quiet"
          disabled={!canEdit}
          onClick={() => change({ ...title, texts: { ...title.texts, title: suggested } })}
        >
          {t('cover.film.useName')}
        </Btn>
      ) : null}
      <div className="fcover-look">
        <Select
          aria-label={t('cover.words.style')}
          data={COVER_LOOKS.map(({ id, name }) => ({ value: id, label: nameOf(name) }))}
          value={title.look}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(value) => {
            if (value !== null) change({ ...title, look: value });
          }}
        />
        <SegmentedControl
          aria-label={t('cover.words.size')}
          data={NAMES.map((value) => ({ value, label: t(`cover.words.of.${value}`) }))}
          value={sizeOf(title)}
          disabled={!canEdit}
          onChange={(value) => change(sized(NAMES.find((name) => name === value) ?? 'medium'))}
        />
      </div>
      <Switch
        label={t('cover.film.words')}
        checked={cover.words ?? false}
        disabled={!canEdit || cover.assetId !== undefined}
        onChange={(e) => set(withWords(cover, e.currentTarget.checked))}
      />
    </section>
  );
}
