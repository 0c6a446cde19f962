import { Popover, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { NodeViewWrapper, type NodeViewProps } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { MAX_CAPTION } from '../../../../../core/model/article/describe.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { ImageAttributes } from './image-attributes.ts';

interface AttrFieldProps {
  label: string;
  placeholder: string;
  value: string;
  className: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}

/**
 * A field of the picture. It keeps what is being typed itself: an input method must not have its text
 * replaced by the node's attribute in the middle of a word.
 */
function AttrField({ label, placeholder, value, className, readOnly, onChange }: AttrFieldProps) {
  const [text, setText] = useState(value);
  const [focused, setFocused] = useState(false);
  const shown = focused ? text : value;
  return (
    <input
      className={className}
      aria-label={label}
      placeholder={placeholder}
      value={shown}
      readOnly={readOnly}
      maxLength={MAX_CAPTION}
      size={Math.max(6, [...(shown || placeholder)].length * 2)}
      onFocus={() => {
        setText(value);
        setFocused(true);
      }}
      onBlur={() => setFocused(false)}
      onChange={(e) => {
        setText(e.currentTarget.value);
        onChange(e.currentTarget.value);
      }}
    />
  );
}

/** The poster at once, the original in its place as soon as it is there; the poster stays when it cannot be shown. */
function Picture({ assetId, alt }: { assetId: string; alt: string }) {
  const { t } = useText();
  const asset = useQuery(api.media.get.queryOptions({ input: { assetId } }));
  const [original, setOriginal] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const loader = new Image();
    loader.onload = () => setOriginal(true);
    loader.src = mediaUrl(assetId, 'original');
    return () => {
      loader.onload = null;
    };
  }, [assetId]);
  const poster = asset.data?.poster === true;
  if (!original && (!poster || failed)) {
    return (
      <span className="figure-wait" role="img" aria-label={alt || t('story.image.preparing')}>
        {asset.isError ? t('story.image.missing') : t('story.image.preparing')}
      </span>
    );
  }
  return (
    <img
      src={mediaUrl(assetId, original ? 'original' : 'poster')}
      alt={alt}
      draggable={false}
      width={asset.data?.width ?? undefined}
      height={asset.data?.height ?? undefined}
      onError={() => setFailed(true)}
    />
  );
}

function AltButton({ alt, readOnly, onChange }: { alt: string; readOnly: boolean; onChange: (alt: string) => void }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Popover opened={open} onChange={setOpen} width={360} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Btn
          kind="quiet"
          size="xs"
          className="push"
          aria-expanded={open}
          icon={alt === '' ? 'alert' : 'check'}
          data-missing={alt === '' || undefined}
          onClick={() => setOpen(!open)}
        >
          {alt === '' ? t('story.image.altMissing') : t('story.image.alt')}
        </Btn>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          ref={field}
          data-autofocus
          label={t('story.image.alt')}
          description={t('story.image.altHint')}
          value={alt}
          readOnly={readOnly}
          maxLength={MAX_CAPTION}
          onChange={(e) => onChange(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && !e.nativeEvent.isComposing) setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A picture in the text: the picture, its caption, its maker, its words for those who cannot see it. */
export function ImageView({ node, updateAttributes, deleteNode, selected, editor }: NodeViewProps) {
  const { t } = useText();
  const attrs = node.attrs as ImageAttributes;
  const readOnly = !editor.isEditable;
  const set = (patch: Partial<ImageAttributes>) => updateAttributes(patch);
  return (
    <NodeViewWrapper as="figure" className={selected ? 'figure selected' : 'figure'} contentEditable={false}>
      <div
        className="figure-frame"
        style={{ width: attrs.width === null ? undefined : `${String(attrs.width)}%` }}
        data-drag-handle
      >
        {attrs.assetId === null ? (
          <span className="figure-wait">{t('story.image.missing')}</span>
        ) : (
          <Picture key={attrs.assetId} assetId={attrs.assetId} alt={attrs.alt} />
        )}
        {readOnly ? null : (
          <span className="figure-acts">
            <IconBtn icon="trash" label={t('story.image.remove')} onClick={deleteNode} />
          </span>
        )}
      </div>
      <figcaption>
        {readOnly ? (
          <>
            <span className="cap">{attrs.caption}</span>
            <span>{attrs.credit}</span>
            {attrs.alt === '' ? null : (
              <span className="push row" title={attrs.alt}>
                <Icon name="check" size={14} />
                {t('story.image.alt')}
              </span>
            )}
          </>
        ) : (
          <>
            <AttrField
              className="cap"
              label={t('story.image.caption')}
              placeholder={t('story.image.captionHint')}
              value={attrs.caption}
              readOnly={readOnly}
              onChange={(caption) => set({ caption })}
            />
            <AttrField
              className="credit"
              label={t('story.image.credit')}
              placeholder={t('story.image.creditHint')}
              value={attrs.credit}
              readOnly={readOnly}
              onChange={(credit) => set({ credit })}
            />
            <AltButton alt={attrs.alt} readOnly={readOnly} onChange={(alt) => set({ alt })} />
          </>
        )}
      </figcaption>
    </NodeViewWrapper>
  );
}
