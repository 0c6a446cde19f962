import { Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ENCODERS, type Encoder, type MachinePrefs } from '../../../../core/model/machine.ts';
import { useMay } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { toast } from '../../ui/toast.tsx';
import { Setting } from './Setting.tsx';

/** Which encoders of graphics chips work here; asked only when somebody wants to know. */
function useTried() {
  return useQuery(api.machine.encoders.queryOptions({ enabled: false, staleTime: Infinity, retry: false }));
}

function WhatWorks({ tried }: { tried: ReturnType<typeof useTried> }) {
  const { t } = useText();
  const failed = tried.data?.filter(({ works }) => !works) ?? [];
  return (
    <div className="encoders">
      <Btn size="xs" kind="quiet" icon="reuse" disabled={tried.isFetching} onClick={() => void tried.refetch()}>
        {t(tried.isFetching ? 'settings.encoder.trying' : 'settings.encoder.tryAll')}
      </Btn>
      {tried.isError ? <ErrorNote error={tried.error} /> : null}
      {tried.data && failed.length === tried.data.length ? (
        <p className="s12 t2" role="status">
          {t('settings.encoder.none')}
        </p>
      ) : null}
      {failed.length > 0 ? (
        <ul className="s12 t3">
          {failed.map(({ encoder, why }) => (
            <li key={encoder}>
              {t('settings.encoder.notHere', { name: t(`settings.encoder.${encoder}`), why: why ?? '' })}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** How this computer renders: what encodes, and whether it does on battery. */
export function ComputerSettings() {
  const { t, explain, language } = useText();
  const mayChange = useMay('video.edit');
  const machine = useQuery(api.machine.get.queryOptions({ staleTime: 0 }));
  const tried = useTried();
  const { data } = machine;
  if (!data) return machine.isError ? <ErrorNote error={machine.error} /> : null;
  const set = (patch: Partial<MachinePrefs>) => {
    client.machine
      .set(patch)
      .catch((error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' }))
      .finally(() => void queryClient.invalidateQueries({ queryKey: api.machine.get.key() }));
  };
  const works = new Set<Encoder>(tried.data?.filter((one) => one.works).map(({ encoder }) => encoder));
  const labelOf = (encoder: Encoder): string => {
    const name = t(`settings.encoder.${encoder}`);
    return works.has(encoder) ? t('settings.encoder.works', { name }) : name;
  };
  const power =
    data.onBattery === null ? t('settings.battery.unknown') : data.onBattery ? t('settings.battery.now') : '';
  return (
    <div className="computer">
      <Setting title={t('settings.encoder.title')} hint={t('settings.encoder.hint')}>
        <Select
          className="encoder-choice"
          aria-label={t('settings.encoder.title')}
          value={data.encoder}
          disabled={!mayChange}
          allowDeselect={false}
          data={ENCODERS.map((value) => ({ value, label: labelOf(value) }))}
          onChange={(value) => {
            const encoder = ENCODERS.find((one) => one === value);
            if (encoder) set({ encoder });
          }}
        />
      </Setting>
      <WhatWorks tried={tried} />
      <Setting title={t('settings.battery.title')} hint={`${t('settings.battery.hint')} ${power}`.trim()}>
        <Switch
          aria-label={t('settings.battery.title')}
          checked={data.waitOnBattery}
          disabled={!mayChange}
          onChange={(e) => set({ waitOnBattery: e.currentTarget.checked })}
        />
      </Setting>
    </div>
  );
}
