/** The colour table that the selected clip goes through, and how much of it. */
import { NumberInput, Select, Slider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OfficeLut } from '../../../../../core/model/contract/index.ts';
import { api, client } from '../../../client/client.ts';
import { chooseSources } from '../../../client/sources.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useRunning } from '../../../ui/use-running.ts';
import { useCut } from '../use-cut.ts';
import type { PictureProps } from './props.ts';

/** Taking tables in and out of the list, each told by a toast. */
function useLutActs() {
  const { t } = useText();
  const { busy, run } = useRunning();
  const setRemoved = (sha256: string, removed: boolean) => run(() => client.luts.setRemoved({ sha256, removed }));
  return {
    busy,
    /** Null when nothing was chosen or taken. */
    bringIn: (): Promise<OfficeLut | null> =>
      run(async () => {
        const [source] = await chooseSources({ extensions: ['cube'], multiple: false });
        if (!source) return null;
        const lut = await client.luts.import({ source });
        toast(t('picture.lut.imported', { name: lut.name }), { icon: 'okc' });
        return lut;
      }),
    remove: async ({ sha256, name }: Pick<OfficeLut, 'sha256' | 'name'>) => {
      if ((await setRemoved(sha256, true)) === null) return;
      const action = { label: t('common.act.undo'), run: () => void setRemoved(sha256, false) };
      toast(t('picture.lut.removed', { name }), { action });
    },
  };
}

function Strength({ placed, set }: PictureProps) {
  const { t } = useText();
  const { session } = useCut();
  const { lut } = placed.clip;
  if (!lut) return null;
  const label = t('picture.lut.strength');
  const change = (value: number) =>
    set({ lut: { ...lut, strength: Math.round(Math.max(0, Math.min(100, value))) } }, 'lut-strength');
  const shared = { value: lut.strength, min: 0, max: 100, disabled: !session.canEdit };
  return (
    <div className="f">
      <span>{label}</span>
      <Slider
        {...shared}
        size="xs"
        thumbLabel={label}
        label={null}
        step={5}
        onChange={change}
        onChangeEnd={() => session.closeStep()}
      />
      <NumberInput
        {...shared}
        aria-label={t('picture.colours.value', { name: label })}
        allowDecimal={false}
        suffix="%"
        hideControls
        onChange={(next) => typeof next === 'number' && change(next)}
        onBlur={() => session.closeStep()}
      />
    </div>
  );
}

export function LutField({ placed, set }: PictureProps) {
  const { t } = useText();
  const { session } = useCut();
  const { data: known = [] } = useQuery(api.luts.list.queryOptions());
  const { busy, bringIn, remove } = useLutActs();
  const { lut } = placed.clip;
  const disabled = !session.canEdit;
  const listed = lut && known.find(({ sha256 }) => sha256 === lut.sha256);
  const choices = [
    { value: '', label: t('picture.lut.none') },
    ...known.map(({ sha256, name }) => ({ value: sha256, label: name })),
    // One that was taken out of the list stays with the clips that have it.
    ...(lut && !listed ? [{ value: lut.sha256, label: lut.name }] : []),
  ];
  const take = ({ sha256, name }: Pick<OfficeLut, 'sha256' | 'name'>) =>
    set({ lut: { sha256, name, strength: lut?.strength ?? 100 } });
  const choose = (sha256: string | null) => {
    const found = known.find((each) => each.sha256 === sha256);
    if (found) take(found);
    else if (sha256 === '') set({ lut: null });
  };
  const add = async () => {
    const made = await bringIn();
    if (made) take(made);
  };
  return (
    <>
      <h3 id="lut-label">{t('picture.lut.label')}</h3>
      <div className="row">
        <Select
          className="grow"
          aria-labelledby="lut-label"
          size="xs"
          allowDeselect={false}
          value={lut?.sha256 ?? ''}
          disabled={disabled}
          data={choices}
          searchable={choices.length > 8}
          onChange={choose}
        />
        {disabled ? null : (
          <IconBtn icon="upload" label={t('picture.lut.import')} disabled={busy} onClick={() => void add()} />
        )}
        {listed && !disabled ? (
          <IconBtn
            icon="trash"
            label={t('picture.lut.remove', { name: listed.name })}
            onClick={() => void remove(listed)}
          />
        ) : null}
      </div>
      <Strength placed={placed} set={set} />
    </>
  );
}
