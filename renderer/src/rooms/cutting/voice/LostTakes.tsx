import { useState } from 'react';
import type { Take } from '../../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../../client/client.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';
import { cueTime, seconds } from '../time/timecode.ts';
import { useCut } from '../use-cut.ts';
import { importTake } from './use-voice.ts';

/** One take that a closed window or a core that died left behind. */
function LostTake({ take }: { take: Take }) {
  const { t, explain, language } = useText();
  const { session, player } = useCut();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const run = (act: () => Promise<unknown>) => {
    setBusy(true);
    act()
      .catch((error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' }))
      .finally(() => {
        setBusy(false);
        void queryClient.invalidateQueries({ queryKey: api.takes.list.key() });
      });
  };
  const lay = async () => {
    await importTake(session, take.takeId, take.atUs);
    player.pause();
    setTimeout(() => player.seek(take.atUs));
  };
  const drop = () => client.takes.drop({ takeId: take.takeId });
  const empty = take.durationUs === 0;
  return (
    <li className="row">
      <span className="grow wrap">
        <b>{take.name}</b>{' '}
        {t('voice.lost.about', { time: cueTime(take.atUs), seconds: seconds(take.durationUs), by: take.by.name })}
      </span>
      {sure ? (
        <>
          <Btn size="xs" disabled={busy} onClick={() => run(drop)}>
            {t('voice.lost.dropSure')}
          </Btn>
          <Btn size="xs" kind="quiet" onClick={() => setSure(false)}>
            {t('common.act.cancel')}
          </Btn>
        </>
      ) : (
        <>
          <Btn size="xs" icon="check" disabled={busy || empty} onClick={() => run(lay)}>
            {t('voice.lost.lay')}
          </Btn>
          <Btn size="xs" kind="quiet" disabled={busy} onClick={() => (empty ? run(drop) : setSure(true))}>
            {t('voice.lost.drop')}
          </Btn>
        </>
      )}
    </li>
  );
}

/** Takes that were not finished: each is laid where it was spoken, or thrown away. */
export function LostTakes({ takes }: { takes: readonly Take[] }) {
  const { t } = useText();
  return (
    <section className="voice-lost" aria-label={t('voice.lost.label')}>
      <p className="row">
        <Icon name="alert" />
        <span>{t('voice.lost.text', { count: takes.length })}</span>
      </p>
      <ul>
        {takes.map((take) => (
          <LostTake key={take.takeId} take={take} />
        ))}
      </ul>
    </section>
  );
}
