import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { OfficePlatform } from '../../../../../core/model/contract/index.ts';
import { builtInBook } from '../../../../../core/model/platforms/book.ts';
import type { PlatformProfile } from '../../../../../core/model/platforms/profile.ts';
import { useMay } from '../../../app/session.ts';
import { useOfficePlatforms, usePlatformName } from '../../../client/platforms.ts';
import { formatWhen } from '../../../format/format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { Json } from './form-rows.ts';
import { dropLeft, keptPlatforms, leftPlatform, useDraftKey, type Opened } from './kept-platform.ts';
import { PlatformForm } from './PlatformForm.tsx';
import { usePlatformActs } from './use-platform-acts.ts';

import './platforms.css';

const jsonOf = (profile: unknown): Json => structuredClone(profile) as Json;

/** For changing: numbers are marked against the program's own, of one that was added against how it stands. */
const opening = (one: OfficePlatform, title: string): Opened => ({
  ...{ title, profile: jsonOf(one.profile), base: one.revision, isNew: false },
  before: jsonOf(builtInBook().get(one.target) ?? one.profile),
});

/** A new one, with all the numbers of another. */
function copying(one: OfficePlatform, all: readonly OfficePlatform[], title: string): Opened {
  const taken = new Set(all.map(({ target }) => target));
  const free = (n: number): string =>
    taken.has(`${one.target}-${String(n)}`) ? free(n + 1) : `${one.target}-${String(n)}`;
  const profile = { ...jsonOf(one.profile), target: free(2), name: { zh: '', en: '' } };
  return { title, profile, base: null, isNew: true, before: jsonOf(one.profile) };
}

function PlatformRow({ one, mayEdit, onOpen }: { one: OfficePlatform; mayEdit: boolean; onOpen: () => void }) {
  const { t, language } = useText();
  const acts = usePlatformActs();
  const now = useNow();
  const name = usePlatformName()(one.target);
  const { canvas } = one.profile as unknown as PlatformProfile;
  const size = canvas ? `${String(canvas.width)} × ${String(canvas.height)}` : t('cutting.render.asSource');
  const who =
    one.by && one.changedAt !== null
      ? ` · ${t('platforms.byWhom', { name: one.by.name, when: formatWhen(one.changedAt, now, language) })}`
      : '';
  return (
    <li className="pf-item">
      <div className="grow">
        <div className="row">
          <b className="cut">{name}</b>
          {one.own ? <span className="chip ok">{t('platforms.own')}</span> : null}
          {!one.own && one.revision !== null ? <span className="chip warn">{t('platforms.changed')}</span> : null}
          {one.outdated ? <span className="chip need">{t('platforms.outdated')}</span> : null}
        </div>
        <div className="t3 s12">
          {size}
          {who}
        </div>
        {one.outdated ? <p className="t2 s12">{t('platforms.outdatedHint')}</p> : null}
      </div>
      <Btn size="sm" onClick={onOpen} aria-label={t(mayEdit ? 'platforms.editOf' : 'platforms.lookOf', { name })}>
        {t(mayEdit ? 'platforms.edit' : 'platforms.look')}
      </Btn>
      {mayEdit ? (
        <>
          <IconBtn
            icon="download"
            label={t('platforms.exportOf', { name })}
            onClick={() => void acts.exportFile(one.target)}
          />
          {one.own ? (
            <IconBtn
              icon="trash"
              label={t('platforms.removeOf', { name })}
              onClick={() => void acts.remove(one, name)}
            />
          ) : (
            <IconBtn
              icon="undo"
              label={t('platforms.giveBackAll', { name })}
              disabled={one.revision === null}
              onClick={() => void acts.giveBack(one, name)}
            />
          )}
        </>
      ) : null}
    </li>
  );
}

/** What was being changed when the page was closed. */
function Unsaved({ kept, onGoOn, onDrop }: { kept: Opened; onGoOn: () => void; onDrop: () => void }) {
  const { t } = useText();
  return (
    <div className="notice warn" role="status">
      <Icon name="alert" />
      <div>
        {t('platforms.leftOver', { title: kept.title })}
        <div className="row notice-acts">
          <Btn size="sm" onClick={onGoOn}>
            {t('platforms.goOn')}
          </Btn>
          <Btn size="sm" kind="quiet" onClick={onDrop}>
            {t('platforms.throwAway')}
          </Btn>
        </div>
      </div>
    </div>
  );
}

interface AddProps {
  all: readonly OfficePlatform[];
  onAdd: (like: OfficePlatform) => void;
}

function AddMenu({ all, onAdd }: AddProps) {
  const { t } = useText();
  const nameOf = usePlatformName();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Btn kind="primary" icon="plus" after="down">
          {t('platforms.addOne')}
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('platforms.likeWhich')}</Menu.Label>
        {all.map((one) => (
          <Menu.Item key={one.target} onClick={() => onAdd(one)}>
            {nameOf(one.target)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the platforms take: the program's numbers, which the office may change, and platforms of its own. */
export function PlatformsTab() {
  const { t } = useText();
  const mayEdit = useMay('platform.manage');
  const nameOf = usePlatformName();
  const acts = usePlatformActs();
  const platforms = useOfficePlatforms();
  const key = useDraftKey();
  const [opened, setOpened] = useState<Opened | null>(() => leftPlatform(key));
  const [kept, setKept] = useState(() => keptPlatforms(key));
  const all = platforms.data ?? [];
  const drop = (one: Opened) => {
    dropLeft(key, one);
    setKept(keptPlatforms(key));
  };
  const close = (unsaved: Json | null) => {
    if (opened && unsaved) {
      const again = () => setOpened({ ...opened, draft: unsaved });
      toast(t('platforms.notKept'), { icon: 'alert', action: { label: t('platforms.goOn'), run: again } });
    }
    if (opened) drop(opened);
    setOpened(null);
  };
  if (opened) {
    const keep = (saved: OfficePlatform) => {
      drop(opened);
      setOpened(null);
      acts.kept(saved);
    };
    return <PlatformForm opened={opened} mayEdit={mayEdit} onClose={close} onKept={keep} />;
  }
  const add = (like: OfficePlatform) =>
    setOpened(copying(like, all, t('platforms.newLike', { name: nameOf(like.target) })));
  return (
    <>
      <div className="settings-lead">
        <p className="t2 grow">{t('platforms.lead')}</p>
        {mayEdit ? (
          <>
            <Btn icon="upload" onClick={() => void acts.bringIn(all)}>
              {t('platforms.import')}
            </Btn>
            <AddMenu all={all} onAdd={add} />
          </>
        ) : null}
      </div>
      {mayEdit ? null : (
        <p className="notice">
          <Icon name="info" />
          <span>{t('platforms.onlyManagers')}</span>
        </p>
      )}
      {mayEdit
        ? kept.map((one) => (
            <Unsaved key={one.title} kept={one} onGoOn={() => setOpened(one)} onDrop={() => drop(one)} />
          ))
        : null}
      {platforms.isPending ? <Waiting /> : null}
      {platforms.isError ? <ErrorNote error={platforms.error} /> : null}
      <ul className="pf-list" aria-label={t('platforms.title')}>
        {all.map((one) => (
          <PlatformRow
            key={one.target}
            one={one}
            mayEdit={mayEdit}
            onOpen={() => setOpened(opening(one, nameOf(one.target)))}
          />
        ))}
      </ul>
    </>
  );
}
