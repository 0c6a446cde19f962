import type { Asset } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useRestore } from './use-restore.ts';

/** Says that an original is gone or is not what came in, and takes the same file again. */
export function LostOriginal({ asset }: { asset: Asset }) {
  const { t } = useText();
  const mayEdit = useMay('media.edit');
  const { busy, restore } = useRestore();
  if (asset.original === 'there') return null;
  return (
    <section className="notice need lost-original" role="status">
      <Icon name="alert" />
      <div>
        <span className="wrap">{t(`media.original.${asset.original}`, { name: asset.name })}</span>
        {mayEdit ? (
          <div className="row notice-acts">
            <Btn size="xs" icon="upload" disabled={busy} onClick={() => restore(asset)}>
              {t('media.original.give')}
            </Btn>
          </div>
        ) : null}
      </div>
    </section>
  );
}
