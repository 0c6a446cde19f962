import { Slider, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Node as PmNode } from '@tiptap/pm/model';
import { useEditorState } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { imageIds } from '../../../../../core/model/article/text.ts';
import type { ArticleDoc } from '../../../../../core/model/article/index.ts';
import {
  MAX_ZOOM,
  coverOf,
  cropOf,
  cropString,
  ratioById,
  viewOf,
  type Cover,
  type CoverRatio,
  type CoverView,
} from '../../../../../core/model/cover/index.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { toast } from '../../../ui/toast.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { StorySession } from '../use-story-session.ts';
import { ChoosePicture } from './ChoosePicture.tsx';
import { loadCoverFont } from './cover-font.ts';
import { SHOWN } from './cover-order.ts';
import './cover.css';
import { CoverFrame } from './CoverFrame.tsx';
import { CoverWords } from './CoverWords.tsx';
import { useCover, type CoverHandle } from './use-cover.ts';

/** Whether the text declares a picture as made by an AI. */
function saysAi(doc: PmNode, assetId: string): boolean {
  let found = false;
  doc.descendants((node) => {
    if (node.attrs['assetId'] === assetId && node.attrs['ai'] === true) found = true;
    return !found;
  });
  return found;
}

const docOf = (session: StorySession): ArticleDoc => session.editor.getJSON() as ArticleDoc;

interface WorkshopProps {
  session: StorySession;
  handle: CoverHandle;
  cover: Cover;
  disabled: boolean;
  onOther: () => void;
}

/** Frames, words and what is done with the cover. */
function Workshop({ session, handle, cover, disabled, onOther }: WorkshopProps) {
  const { t } = useText();
  const [safe, setSafe] = useState(true);
  const aiInText = useEditorState({
    editor: session.editor,
    selector: ({ editor }) => saysAi(editor.state.doc, cover.image),
  });
  const asset = useQuery(api.media.get.queryOptions({ input: { assetId: cover.image } }));
  useEffect(loadCoverFont, []);
  if (asset.isPending) return <Waiting />;
  if (asset.isError) return <ErrorNote error={asset.error} />;
  const size = { width: asset.data.width ?? 1, height: asset.data.height ?? 1 };
  // A picture that the text declares as an AI's is one here too, whatever was said when it was chosen.
  const shown = { ...cover, ai: cover.ai || aiInText };
  const picture = { ...size, src: mediaUrl(cover.image, 'original') };
  const onView = (ratio: CoverRatio, view: CoverView, wait: boolean) =>
    handle.change(cover.own[ratio.id] ? { ...cover, own: { ...cover.own, [ratio.id]: view } } : { ...cover, view }, {
      wait,
    });
  const onLink = ({ id }: CoverRatio) => {
    const { [id]: old, ...others } = cover.own;
    handle.set({ ...cover, own: old ? others : { ...cover.own, [id]: cover.view } });
  };
  const copy = () => {
    const told = (id: '2.35x1' | '1x1') => cropString(cropOf(ratioById(id), viewOf(cover, id), size), size);
    const text = `pic_crop_235_1=${told('2.35x1')}\npic_crop_1_1=${told('1x1')}\n`;
    navigator.clipboard.writeText(text).then(
      () => toast(t('cover.copied'), { icon: 'copy' }),
      () => toast(t('cover.notCopied'), { icon: 'alert' }),
    );
  };
  return (
    <>
      <p id="cover-keys" className="t3 s12">
        {t('cover.keys')}
      </p>
      <div className="cover-zoom">
        <span>{t('cover.zoom')}</span>
        <Slider
          size="xs"
          thumbLabel={t('cover.zoom')}
          label={null}
          min={1}
          max={MAX_ZOOM}
          step={0.05}
          value={cover.view.zoom}
          disabled={disabled}
          onChange={(zoom) => handle.change({ ...cover, view: { ...cover.view, zoom } }, { wait: true })}
          onChangeEnd={handle.settle}
        />
      </div>
      <div className="cover-frames">
        {SHOWN.map((ratio) => (
          <CoverFrame
            key={ratio.id}
            {...{ ratio, picture, safe, disabled, onView, onLink }}
            cover={shown}
            onSettle={handle.settle}
          />
        ))}
      </div>
      <Switch
        size="xs"
        label={t('cover.safe')}
        description={t('cover.safeInferred')}
        checked={safe}
        onChange={(e) => setSafe(e.currentTarget.checked)}
      />
      <Switch
        size="xs"
        label={t('cover.ai')}
        checked={shown.ai}
        {...(shown.ai && !cover.ai ? { description: t('cover.aiInText') } : {})}
        disabled={disabled || (shown.ai && !cover.ai)}
        onChange={(e) => handle.set({ ...cover, ai: e.currentTarget.checked })}
      />
      <CoverWords
        cover={cover}
        title={session.title}
        disabled={disabled}
        onText={(text) => handle.change({ ...cover, text })}
        onSettle={handle.settle}
        onChoose={(text) => handle.set({ ...cover, text })}
      />
      <div className="cover-acts">
        <Btn size="sm" icon="copy" onClick={copy}>
          {t('cover.copy')}
        </Btn>
        <Btn size="sm" icon="image" disabled={disabled} onClick={onOther}>
          {t('cover.other')}
        </Btn>
        <Btn size="sm" icon="trash" kind="quiet" disabled={disabled} onClick={() => handle.set(null)}>
          {t('cover.remove')}
        </Btn>
      </div>
      <p className="t3 s12">{t('cover.where')}</p>
    </>
  );
}

/** The cover workshop: one picture, seen through every platform's frame. */
export function CoverTab({ session }: { session: StorySession }) {
  const { t } = useText();
  const { editor, canEdit, viewing, story } = session;
  const handle = useCover(editor);
  const { cover } = handle;
  const [choosing, setChoosing] = useState(false);
  const disabled = !canEdit || viewing !== null;
  const choose = (image: string) => {
    // Another picture is looked at anew; its words stay.
    handle.set({ ...coverOf(image), text: cover?.text ?? null });
    setChoosing(false);
  };
  if (cover !== null && !choosing) {
    return (
      <div className="cover-tab">
        <Workshop {...{ session, handle, cover, disabled }} onOther={() => setChoosing(true)} />
      </div>
    );
  }
  return (
    <div className="cover-tab">
      <p className="t2">{cover === null ? t('cover.empty') : t('cover.otherHint')}</p>
      {cover === null ? null : (
        <Btn size="sm" kind="quiet" onClick={() => setChoosing(false)}>
          {t('cover.back')}
        </Btn>
      )}
      {disabled ? null : (
        <ChoosePicture
          storyId={story.storyId}
          inText={imageIds(docOf(session))}
          chosen={cover?.image ?? null}
          onChoose={choose}
        />
      )}
    </div>
  );
}
