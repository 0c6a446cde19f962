import { SegmentedControl, Select } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  GALLERY_LAYOUTS,
  MAX_CAPTION,
  NOTICE_KINDS,
  SOURCE_ROLES,
  isAllowedHref,
} from '../../../../../../core/model/article/index.ts';
import { api } from '../../../../client/client.ts';
import { useText } from '../../../../i18n/use-text.ts';
import { Btn } from '../../../../ui/Btn.tsx';
import { addItemTo, addSourceTo, setAttrs, setRole } from './card-acts.ts';
import type { CardHere } from './card-facts.ts';

/** What needs the room around the text: choosing and importing pictures. */
export interface CardActs {
  storyId: string;
  /** Asks for one picture, imports it and puts its id into the attribute of the card at `pos`. */
  choosePicture: (pos: number) => void;
  /** Asks for pictures and adds them to the gallery at `pos`. */
  addPictures: (pos: number) => void;
}

interface PartProps {
  editor: Editor;
  here: CardHere;
  acts: CardActs;
}

const textOf = (here: CardHere, name: string): string => {
  const value = here.attrs[name];
  return typeof value === 'string' ? value : '';
};

/** A short text of the card. Keeps what is being typed itself, so that an input method is not disturbed. */
function Field({ here, editor, name, label }: Omit<PartProps, 'acts'> & { name: string; label: string }) {
  const value = textOf(here, name);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      className="tx-input card-field"
      aria-label={label}
      placeholder={label}
      value={typed ?? value}
      maxLength={MAX_CAPTION}
      onFocus={() => setTyped(value)}
      onBlur={() => setTyped(null)}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        setAttrs(editor, here.pos, { [name]: e.currentTarget.value });
      }}
    />
  );
}

function AiToggle({ editor, here }: Omit<PartProps, 'acts'>) {
  const { t } = useText();
  const on = here.attrs['ai'] === true;
  return (
    <Btn
      size="xs"
      kind="quiet"
      icon="sparkle"
      aria-pressed={on}
      title={t('editor.card.aiHint')}
      onClick={() => setAttrs(editor, here.pos, { ai: !on })}
    >
      {t('editor.card.ai')}
    </Btn>
  );
}

const WIDTHS = [null, 50, 75, 100] as const;

function ImagePart({ editor, here }: PartProps) {
  const { t } = useText();
  const width = typeof here.attrs['width'] === 'number' ? here.attrs['width'] : null;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('editor.card.width.label')}
        value={String(width)}
        data={WIDTHS.map((w) => ({
          value: String(w),
          label: w === null ? t('editor.card.width.auto') : `${String(w)}%`,
        }))}
        onChange={(value) => setAttrs(editor, here.pos, { width: value === 'null' ? null : Number(value) })}
      />
      <AiToggle editor={editor} here={here} />
    </>
  );
}

function GalleryPart({ editor, here, acts }: PartProps) {
  const { t } = useText();
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('editor.card.gallery.label')}
        value={textOf(here, 'layout')}
        data={GALLERY_LAYOUTS.map((value) => ({ value, label: t(`editor.card.gallery.${value}`) }))}
        onChange={(layout) => setAttrs(editor, here.pos, { layout })}
      />
      <Btn size="xs" kind="quiet" icon="plus" onClick={() => acts.addPictures(here.pos)}>
        {t('editor.card.gallery.add')}
      </Btn>
    </>
  );
}

function PersonPart({ editor, here, acts }: PartProps) {
  const { t } = useText();
  const has = textOf(here, 'assetId') !== '';
  return (
    <>
      <Btn size="xs" kind="quiet" icon="image" onClick={() => acts.choosePicture(here.pos)}>
        {has ? t('editor.card.portraitChange') : t('editor.card.portrait')}
      </Btn>
      {has ? (
        <>
          <Field editor={editor} here={here} name="alt" label={t('editor.card.alt')} />
          <AiToggle editor={editor} here={here} />
        </>
      ) : null}
    </>
  );
}

function VideoPart({ editor, here, acts }: PartProps) {
  const { t } = useText();
  const input = { storyId: acts.storyId, limit: 200 };
  const videos = useQuery(api.videos.list.queryOptions({ input }));
  const items = videos.data?.items ?? [];
  const chosen = textOf(here, 'projectId');
  return (
    <>
      <Select
        size="xs"
        aria-label={t('editor.card.video.choose')}
        placeholder={items.length === 0 ? t('editor.card.video.none') : t('editor.card.video.choose')}
        disabled={items.length === 0}
        value={chosen === '' ? null : chosen}
        data={items.map((v) => ({ value: v.projectId, label: v.title || t('cutting.untitled') }))}
        comboboxProps={{ withinPortal: false }}
        onChange={(projectId) => setAttrs(editor, here.pos, { projectId })}
      />
      <Field editor={editor} here={here} name="caption" label={t('editor.card.video.caption')} />
    </>
  );
}

function QrPart({ editor, here, acts }: PartProps) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const href = textOf(here, 'href');
  if (textOf(here, 'assetId') !== '') {
    return (
      <Btn size="xs" kind="quiet" onClick={() => setAttrs(editor, here.pos, { assetId: null })}>
        {t('editor.card.qr.clear')}
      </Btn>
    );
  }
  const shown = typed ?? href;
  const bad = shown !== '' && !isAllowedHref(shown);
  return (
    <>
      <input
        className="tx-input card-field"
        aria-label={t('editor.card.qr.href')}
        placeholder={t('editor.card.qr.href')}
        aria-invalid={bad || undefined}
        title={bad ? t('editor.card.qr.bad') : undefined}
        value={shown}
        spellCheck={false}
        onFocus={() => setTyped(href)}
        onBlur={() => setTyped(null)}
        onChange={(e) => {
          const value = e.currentTarget.value.trim();
          setTyped(e.currentTarget.value);
          if (value === '' || isAllowedHref(value)) {
            setAttrs(editor, here.pos, { href: value === '' ? null : value });
          }
        }}
      />
      <Btn size="xs" kind="quiet" icon="image" onClick={() => acts.choosePicture(here.pos)}>
        {t('editor.card.qr.picture')}
      </Btn>
    </>
  );
}

function SourcePart({ editor, here }: PartProps) {
  const { t } = useText();
  if (here.role === null) return null;
  return (
    <Select
      size="xs"
      w={120}
      aria-label={t('editor.card.role.label')}
      value={here.role}
      allowDeselect={false}
      data={SOURCE_ROLES.map((value) => ({ value, label: t(`editor.card.roles.${value}`) }))}
      comboboxProps={{ withinPortal: false }}
      onChange={(role) => {
        if (role !== null) setRole(editor, role);
      }}
    />
  );
}

function NoticePart({ editor, here }: PartProps) {
  const { t } = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('editor.card.notice.label')}
      value={textOf(here, 'kind')}
      data={NOTICE_KINDS.map((value) => ({ value, label: t(`editor.card.notice.${value}`) }))}
      onChange={(kind) => setAttrs(editor, here.pos, { kind })}
    />
  );
}

function AddItem({ editor, here }: PartProps) {
  const { t } = useText();
  const add = () => (here.name === 'sourceLine' ? addSourceTo(editor, here.pos) : addItemTo(editor, here.pos));
  return (
    <Btn size="xs" kind="quiet" icon="plus" onClick={add}>
      {t('editor.card.addItem')}
    </Btn>
  );
}

/** What this kind of card can be told. */
export function CardSettings(props: PartProps) {
  switch (props.here.name) {
    case 'image':
      return <ImagePart {...props} />;
    case 'gallery':
      return <GalleryPart {...props} />;
    case 'personCard':
      return <PersonPart {...props} />;
    case 'videoCard':
      return <VideoPart {...props} />;
    case 'qrBlock':
      return <QrPart {...props} />;
    case 'noticeBox':
      return <NoticePart {...props} />;
    case 'sourceLine':
      return (
        <>
          <SourcePart {...props} />
          <AddItem {...props} />
        </>
      );
    case 'dataCard':
    case 'stepList':
    case 'qaList':
      return <AddItem {...props} />;
    default:
      return null;
  }
}
