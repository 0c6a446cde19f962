import { Menu, Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficePackInfo } from '../../../../../core/model/contract/index.ts';
import type { OfficePack } from '../../../../../core/model/office-pack/index.ts';
import { platformOf } from '../../../../../core/model/platforms/load.ts';
import { sameJson } from '../../../../../core/model/timeline/same-json.ts';
import { isBuiltInTarget } from '../../../../../core/model/timeline/targets.ts';
import { useWorkspace } from '../../../app/session.ts';
import { api } from '../../../client/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { LooksForm } from './LooksForm.tsx';
import { MarkForm } from './MarkForm.tsx';
import { MusicForm } from './MusicForm.tsx';
import { PackSketch } from './PackSketch.tsx';
import { PartForm } from './PartForm.tsx';
import { usePackName, usePacks } from './use-packs.ts';
import './pack.css';

type Packs = ReturnType<typeof usePacks>;

/** Unsaved changes by pack: leaving the dialog or looking at another pack loses none. */
type Drafts = Readonly<Record<string, OfficePack>>;

function Entry({ info, on, draft, onPick }: { info: OfficePackInfo; on: boolean; draft: boolean; onPick: () => void }) {
  const { t } = useText();
  const nameOf = usePackName();
  const { timeline } = useCutState();
  return (
    <li>
      <button type="button" className="pack-entry" aria-pressed={on} onClick={onPick}>
        <span className="pack-dot" style={{ background: info.pack.accent }} aria-hidden="true" />
        <span className="cut grow">{nameOf(info.pack)}</span>
        {draft ? <Icon name="pencil" size={12} /> : null}
        {draft ? <span className="vh">{t('pack.unsaved')}</span> : null}
        {timeline.pack?.packId === info.packId ? <Icon name="check" size={14} /> : null}
      </button>
    </li>
  );
}

interface ListProps {
  packs: Packs;
  all: readonly OfficePackInfo[];
  picked: OfficePackInfo;
  drafts: Drafts;
  canEdit: boolean;
  onPick: (packId: string) => void;
}

function PackList({ packs, all, picked, drafts, canEdit, onPick }: ListProps) {
  const { t } = useText();
  const entries = (builtIn: boolean) =>
    all
      .filter((info) => info.builtIn === builtIn)
      .map((info) => (
        <Entry
          key={info.packId}
          info={info}
          on={info.packId === picked.packId}
          draft={info.packId in drafts}
          onPick={() => onPick(info.packId)}
        />
      ));
  const own = entries(false);
  const bringIn = async () => {
    const made = await packs.bringIn();
    if (made) onPick(made.packId);
  };
  return (
    <div className="pack-list" role="group" aria-label={t('pack.list')}>
      <h3 id="pack-own">{t('pack.own')}</h3>
      {own.length > 0 ? <ul aria-labelledby="pack-own">{own}</ul> : <p className="t3 s12">{t('pack.noOwn')}</p>}
      <h3 id="pack-built-in">{t('pack.builtIn')}</h3>
      <ul aria-labelledby="pack-built-in">{entries(true)}</ul>
      <span className="grow" />
      {canEdit ? (
        <Btn size="sm" kind="quiet" icon="upload" disabled={packs.busy} onClick={() => void bringIn()}>
          {t('pack.bringIn')}
        </Btn>
      ) : null}
    </div>
  );
}

/** Names of the film's platforms on which a visible mark costs viewers. */
function useDemoting(): string[] {
  const { language } = useText();
  const { targets } = useCutState().timeline;
  // A film for nobody yet is rendered for Douyin.
  return (targets.length > 0 ? targets : ['douyin']).flatMap((target) => {
    const platform = isBuiltInTarget(target) ? platformOf(target) : null;
    return platform?.logo ? [platform.name[language === 'en' ? 'en' : 'zh']] : [];
  });
}

interface SideProps {
  packs: Packs;
  info: OfficePackInfo;
  pack: OfficePack;
  changed: boolean;
  onSaved: () => void;
}

/** At the right: what it will look like, and applying it. */
function ApplySide({ packs, info, pack, changed, onSaved }: SideProps) {
  const { t } = useText();
  const { session, storyId } = useCut();
  const { timeline } = useCutState();
  const office = useWorkspace().data?.workspace?.name ?? '';
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId } })).data?.title ?? '';
  const demoting = useDemoting();
  const [asked, setAsked] = useState<boolean | null>(null);
  const mark = pack.mark !== null && (asked ?? demoting.length === 0);
  const here = timeline.pack?.packId === info.packId;
  const act = async () => {
    const saved = changed ? await packs.save(pack, info) : info;
    if (!saved) return;
    if (changed) onSaved();
    await packs.apply(saved, mark);
  };
  const label = changed ? 'saveAndApply' : here ? 'applyAgain' : 'apply';
  return (
    <div className="pack-side">
      <PackSketch pack={pack} timeline={timeline} words={{ office, story }} mark={mark} />
      {pack.mark ? (
        <Switch
          size="xs"
          label={t('pack.withMark')}
          checked={mark}
          disabled={!session.canEdit}
          onChange={(e) => setAsked(e.currentTarget.checked)}
          {...(demoting.length > 0 ? { description: t('pack.demoted', { platforms: demoting.join('、') }) } : {})}
        />
      ) : null}
      <p className="t2 s12">{t('pack.hint')}</p>
      <span className="grow" />
      <p className="s12" role="status">
        {timeline.pack ? t('pack.applied', { name: timeline.pack.name }) : t('pack.notApplied')}
      </p>
      {session.canEdit ? (
        <div className="pack-acts">
          <Btn
            kind="primary"
            disabled={info.missing.length > 0 && !changed}
            busy={packs.busy && t('pack.applying')}
            onClick={() => void act()}
          >
            {t(`pack.${label}`)}
          </Btn>
          {timeline.pack ? (
            <Btn kind="quiet" icon="trash" onClick={packs.takeOut}>
              {t('pack.remove')}
            </Btn>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

interface FormProps extends SideProps {
  canEdit: boolean;
  onChange: (pack: OfficePack) => void;
  onDrop: () => void;
  onPick: (packId: string) => void;
}

function FormHead({ packs, info, pack, changed, canEdit, onDrop, onPick }: FormProps) {
  const { t } = useText();
  const nameOf = usePackName();
  const copy = async () => {
    const named = (name: string) => t('pack.copyOf', { name }).slice(0, 40);
    const made = await packs.save({ ...pack, name: { zh: named(pack.name.zh), en: named(pack.name.en) } }, null);
    if (made) onPick(made.packId);
  };
  return (
    <div className="pack-bar">
      <h3 className="grow cut">{nameOf(pack)}</h3>
      {changed ? (
        <>
          <span className="s12 tw">{t('pack.unsaved')}</span>
          <Btn size="sm" kind="quiet" icon="undo" onClick={onDrop}>
            {t('pack.discard')}
          </Btn>
          <Btn
            size="sm"
            disabled={packs.busy}
            onClick={() => void packs.save(pack, info).then((made) => made && onDrop())}
          >
            {t('pack.save')}
          </Btn>
        </>
      ) : null}
      {canEdit && !changed ? (
        <Btn size="sm" icon="copy" disabled={packs.busy} onClick={() => void copy()}>
          {t('pack.copy')}
        </Btn>
      ) : null}
      {canEdit ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <IconBtn icon="more" size="sm" label={t('cutting.bin.more')} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void packs.exportFile(info)}>{t('pack.export')}</Menu.Item>
            <Menu.Item disabled={info.builtIn} onClick={() => void packs.remove(info)}>
              {t('pack.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </div>
  );
}

/** In the middle: what the pack says, to be changed where it is the office's own. */
function PackForm(props: FormProps) {
  const { t } = useText();
  const nameOf = usePackName();
  const { info, pack, canEdit, onChange } = props;
  const form = {
    pack,
    disabled: info.builtIn || !canEdit,
    onChange: (change: Partial<OfficePack>) => onChange({ ...pack, ...change }),
  };
  return (
    <div className="pack-main">
      <FormHead {...props} />
      <div className="pack-form scroll" key={info.packId} role="region" aria-label={nameOf(pack)} tabIndex={0}>
        {info.builtIn ? <p className="t2 s12">{t('pack.readOnly')}</p> : null}
        {info.missing.map(({ place, name }) => (
          <p key={place} className="s12 tw" role="alert">
            {t('pack.missing', { name })}
          </p>
        ))}
        <LooksForm {...form} />
        <PartForm side="opening" {...form} />
        <PartForm side="closing" {...form} />
        <MarkForm {...form} />
        <MusicForm {...form} />
      </div>
    </div>
  );
}

function Workshop({ drafts, setDrafts }: { drafts: Drafts; setDrafts: (change: (now: Drafts) => Drafts) => void }) {
  const packs = usePacks();
  const { session } = useCut();
  const { timeline } = useCutState();
  const [picked, setPicked] = useState<string | null>(timeline.pack?.packId ?? null);
  const all = packs.list.data ?? [];
  const info = all.find(({ packId }) => packId === picked) ?? all[0];
  if (packs.list.isError) return <ErrorNote error={packs.list.error} />;
  if (!info) return <Waiting />;
  const pack = drafts[info.packId] ?? info.pack;
  const drop = () => setDrafts(({ [info.packId]: _dropped, ...rest }) => rest);
  const change = (next: OfficePack) => {
    if (sameJson(next, info.pack)) drop();
    else setDrafts((now) => ({ ...now, [info.packId]: next }));
  };
  const shared = { packs, info, pack, changed: info.packId in drafts, onSaved: drop };
  return (
    <div className="pack">
      <PackList {...{ packs, all, drafts }} picked={info} canEdit={session.canEdit} onPick={setPicked} />
      <PackForm {...shared} canEdit={session.canEdit} onChange={change} onDrop={drop} onPick={setPicked} />
      <ApplySide key={info.packId} {...shared} />
    </div>
  );
}

/** How the films of the office open and close: choosing, changing and applying its packs. */
export function PackDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useText();
  const [drafts, setDrafts] = useState<Drafts>({});
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('pack.title')}
      size="min(1240px, 95vw)"
      padding="md"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      <Workshop drafts={drafts} setDrafts={setDrafts} />
    </Modal>
  );
}
