import { TextInput } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { api } from '../../../client/client.ts';
import { IMAGE_EXTENSIONS, chooseSources } from '../../../client/sources.ts';
import { usePoster } from '../../../client/use-poster.ts';
import { errorDataText, inOneLine, useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';
import { runImport } from '../editor/insert-images.ts';

/** As many pictures of the library as fit without a search; the rest is found by name. */
const SHOWN = 24;

function Thumb({ asset, on, onChoose }: { asset: Asset; on: boolean; onChoose: (assetId: string) => void }) {
  const poster = usePoster(asset.assetId);
  return (
    <button
      type="button"
      className="cover-thumb"
      aria-pressed={on}
      aria-label={asset.name}
      title={asset.name}
      onClick={() => onChoose(asset.assetId)}
    >
      {poster === null ? <Icon name="image" /> : <img src={poster} alt="" loading="lazy" />}
    </button>
  );
}

interface ChooseProps {
  storyId: string;
  /** Pictures that are offered first, in order: those of the text. */
  inText: readonly string[];
  /** What these are called, where they are not the text's. */
  heading?: string;
  chosen: string | null;
  onChoose: (assetId: string) => void;
}

/** Pictures that can be the cover: those of the text first, then the library's. */
export function ChoosePicture({ storyId, inText, heading, chosen, onChoose }: ChooseProps) {
  const { t, language, explain } = useText();
  const [q, setQ] = useState('');
  const [busy, setBusy] = useState(false);
  const shown = useQueries({
    queries: inText.map((assetId) => api.media.get.queryOptions({ input: { assetId } })),
  });
  const library = useQuery(api.media.list.queryOptions({ input: { kind: 'image', q, limit: SHOWN } }));
  const own = shown.flatMap(({ data }) => (data?.kind === 'image' ? [data] : []));
  const rest = (library.data?.items ?? []).filter(({ assetId }) => !inText.includes(assetId));
  const bring = async () => {
    const sources = await chooseSources({ extensions: IMAGE_EXTENSIONS, multiple: false });
    if (sources.length === 0) return;
    setBusy(true);
    try {
      const [made] = await runImport({ storyId, sources: () => Promise.resolve(sources) });
      if (made && 'error' in made) toast(errorDataText(made.error, language).message, { icon: 'alert' });
      else if (made?.kind === 'image') onChoose(made.assetId);
      else toast(t('cover.choose.noPicture'), { icon: 'alert' });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  const list = (assets: readonly Asset[]) =>
    assets.map((asset) => (
      <Thumb key={asset.assetId} asset={asset} on={asset.assetId === chosen} onChoose={onChoose} />
    ));
  return (
    <section className="cover-choose" aria-label={t('cover.choose.label')}>
      {own.length > 0 ? <h3>{heading ?? t('cover.choose.inText')}</h3> : null}
      <div className="cover-thumbs">{list(own)}</div>
      <div className="row">
        <h3 className="grow">{t('cover.choose.library')}</h3>
        <Btn size="sm" icon="upload" busy={busy && t('cover.choose.importing')} onClick={() => void bring()}>
          {t('cover.choose.import')}
        </Btn>
      </div>
      <TextInput
        type="search"
        leftSection={<Icon name="search" size={16} />}
        aria-label={t('cover.choose.find')}
        placeholder={t('cover.choose.find')}
        value={q}
        onChange={(e) => setQ(e.currentTarget.value)}
      />
      <div className="cover-thumbs">{list(rest)}</div>
      {library.data && rest.length === 0 ? <p className="t3 s12">{t('cover.choose.none')}</p> : null}
    </section>
  );
}
