import { TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { StoryVersion } from '../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useCommand } from '../../commands/registry.ts';
import { formatFull, formatNumber, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { toast } from '../../ui/toast.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import type { StorySession } from './use-story-session.ts';
import { foldVersions } from './save/fold-versions.ts';
import { useNow } from '../../ui/use-now.ts';

interface NameFormProps {
  storyId: string;
  version: StoryVersion;
  onDone: () => void;
}

function NameForm({ storyId, version, onDone }: NameFormProps) {
  const { t, explain } = useText();
  const [name, setName] = useState(version.name ?? '');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    client.stories
      .nameVersion({ storyId, hash: version.hash, name: trimmed === '' ? null : trimmed })
      .then(() => queryClient.invalidateQueries({ queryKey: api.stories.versions.key() }))
      .then(onDone)
      .catch((error: unknown) => toast(explain(error).message, { icon: 'alert' }));
  };
  return (
    <form className="row ver-name" onSubmit={submit}>
      <TextInput
        className="grow"
        aria-label={t('story.versions.nameLabel', { n: version.n })}
        placeholder={t('story.versions.namePlaceholder')}
        value={name}
        maxLength={80}
        autoFocus
        onChange={(e) => setName(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Escape' && onDone()}
      />
      <Btn type="submit" size="sm">
        {t('common.act.save')}
      </Btn>
    </form>
  );
}

interface RowProps {
  session: StorySession;
  version: StoryVersion;
  latest: boolean;
}

function VersionRow({ session, version, latest }: RowProps) {
  const { t, language, explain } = useText();
  const now = useNow();
  const [naming, setNaming] = useState(false);
  const [busy, setBusy] = useState(false);
  const { story, viewing, setViewing, canEdit } = session;
  const open = viewing?.kind === 'version' && viewing.hash === version.hash && viewing.n === version.n;
  const comparing = viewing?.kind === 'compare' && (viewing.a === version.n || viewing.b === version.n);
  const restore = () => {
    setBusy(true);
    session.autosave
      .flush()
      .then(() => client.stories.restore({ storyId: story.storyId, hash: version.hash }))
      .then((restored) => {
        session.show(restored);
        setViewing(null);
        toast(t('story.versions.restored', { n: version.n }), { icon: 'history' });
        return queryClient.invalidateQueries({ queryKey: api.stories.versions.key() });
      })
      .catch((error: unknown) => toast(explain(error).message, { icon: 'alert' }))
      .finally(() => setBusy(false));
  };
  return (
    <li className="ver" data-on={open || undefined}>
      <div className="row">
        <button
          type="button"
          className="ver-open grow"
          aria-pressed={open}
          onClick={() => setViewing(open ? null : { kind: 'version', hash: version.hash, n: version.n })}
        >
          <span className="row">
            <b>{version.name ?? t('story.versionN', { n: version.n })}</b>
            {latest ? <span className="chip">{t('story.versions.latest')}</span> : null}
          </span>
          <span className="ver-sub" title={formatFull(version.createdAt, language)}>
            {version.name === null ? null : <span>{t('story.versionN', { n: version.n })}</span>}
            <span>{formatWhen(version.createdAt, now, language)}</span>
            <span className="cut">{version.author.name}</span>
          </span>
          <span className="ver-sub">
            <span>{t(`story.versions.reason.${version.reason}`)}</span>
            <span>{t('story.versions.words', { count: version.words, n: formatNumber(version.words, language) })}</span>
          </span>
        </button>
        <IconBtn
          icon="rows"
          size="sm"
          label={t('compare.withDraft')}
          aria-pressed={comparing}
          onClick={() => setViewing({ kind: 'compare', a: version.n, b: 'draft' })}
        />
        {canEdit ? (
          <IconBtn
            icon="pencil"
            size="sm"
            label={t('story.versions.nameLabel', { n: version.n })}
            onClick={() => setNaming(!naming)}
          />
        ) : null}
      </div>
      {naming ? <NameForm storyId={story.storyId} version={version} onDone={() => setNaming(false)} /> : null}
      {open && canEdit ? (
        <div className="ver-acts">
          <Btn size="sm" icon="undo" onClick={restore} disabled={busy}>
            {t('story.versions.restore')}
          </Btn>
          <p className="t3 s12">{t('story.versions.restoreHint')}</p>
        </div>
      ) : null}
    </li>
  );
}

interface VersionsProps {
  session: StorySession;
  versions: UseQueryResult<StoryVersion[]>;
}

/** The versions of a story, newest first: look, name, restore. */
export function Versions({ session, versions }: VersionsProps) {
  const { t } = useText();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const newest = versions.data?.reduce((n, version) => Math.max(n, version.n), 0) ?? 0;
  useCommand('story.compare', () => session.setViewing({ kind: 'compare', a: newest, b: 'draft' }), newest > 0);
  if (versions.isPending) return <Waiting />;
  if (versions.isError) return <ErrorNote error={versions.error} />;
  const list = [...versions.data].sort((a, b) => b.n - a.n);
  if (list.length === 0) return <p className="t3 panel-empty">{t('story.versions.empty')}</p>;
  const { shown, folded } = foldVersions(list, now);
  const rows = open ? list : shown;
  return (
    <>
      <ul className="vers">
        {rows.map((version) => (
          <VersionRow
            key={`${String(version.n)} ${version.hash}`}
            session={session}
            version={version}
            latest={version.n === newest}
          />
        ))}
      </ul>
      {folded.length > 0 ? (
        <Btn size="sm" kind="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('story.versions.fold') : t('story.versions.folded', { count: folded.length })}
        </Btn>
      ) : null}
    </>
  );
}
