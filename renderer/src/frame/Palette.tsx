import { Spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../client/client.ts';
import type { Command } from '../commands/definitions.ts';
import { keysOf } from '../commands/keys.ts';
import { availableCommands, runCommand, useRegistry } from '../commands/registry.ts';
import { formatWhen } from '../format/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { markFirst, palette, paletteStore } from './palette-store.ts';
import { useNow } from '../ui/use-now.ts';

const FOUND = 6;

function Line({ icon, text, after }: { icon: IconName; text: string; after?: ReactNode }) {
  return (
    <span className="palette-line">
      <Icon name={icon} />
      <span className="cut">{text}</span>
      <span className="push">{after}</span>
    </span>
  );
}

/** Stories and media whose name or text holds `q`; nothing while `q` is empty. */
function useFound(q: string) {
  const enabled = q !== '';
  const input = { q, limit: FOUND };
  const stories = useQuery(
    api.stories.list.queryOptions({ input: { ...input, scope: 'all' }, enabled, placeholderData: keepPreviousData }),
  );
  const media = useQuery(api.media.list.queryOptions({ input, enabled, placeholderData: keepPreviousData }));
  if (!enabled) return { stories: [], media: [] };
  // The core also finds words in the text; whose title is asked for comes first.
  const named = (title: string) => Number(title.toLowerCase().includes(q.toLowerCase()));
  return {
    stories: (stories.data?.items ?? []).toSorted((a, b) => named(b.title) - named(a.title)),
    media: media.data?.items ?? [],
  };
}

/** Ctrl/Cmd+K: every command that can be run now, and what is kept, by name. */
export function Palette() {
  const { t, language } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const handlers = useRegistry((s) => s.handlers);
  const [query, setQuery] = useState('');
  const needle = query.trim().toLowerCase();
  const [asked] = useDebouncedValue(query.trim(), 120);
  const found = useFound(needle === '' ? '' : asked);
  const title = (c: Command) => t(`frame.command.${c.id}`);
  const commands = availableCommands(handlers).filter(
    (c) => c.id !== 'palette.open' && (needle === '' || title(c).toLowerCase().includes(needle)),
  );
  const shown = [
    ...found.stories.map((s) => s.storyId),
    ...found.media.map((m) => m.assetId),
    ...commands.map((c) => c.id),
  ].join();
  useEffect(() => {
    if (needle !== '') markFirst();
  }, [needle, shown]);
  // The palette closes first and gives the focus back; only then may a command move it.
  const after = (act: () => void) => () => {
    palette.close();
    setTimeout(act);
  };
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      clearQueryOnClose
      scrollable
      maxHeight={460}
      size={600}
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': t('frame.command.palette.open') } }}
      // At once, and with the focus in it: who presses the keys and types on must not type into the text.
      transitionProps={{ duration: 0 }}
      returnFocus={false}
    >
      <Spotlight.Search
        autoFocus
        data-autofocus
        placeholder={t('frame.palette.placeholder')}
        aria-label={t('frame.palette.placeholder')}
        leftSection={<Icon name="search" size={20} />}
      />
      <Spotlight.ActionsList>
        {found.stories.length > 0 ? (
          <Spotlight.ActionsGroup label={t('frame.palette.stories')}>
            {found.stories.map((s) => (
              <Spotlight.Action
                key={s.storyId}
                onClick={after(() => void navigate({ to: '/stories/$storyId', params: { storyId: s.storyId } }))}
              >
                <Line
                  icon="story"
                  text={s.title || t('stories.untitled')}
                  after={<span className="t3">{formatWhen(s.updatedAt, now, language)}</span>}
                />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {found.media.length > 0 ? (
          <Spotlight.ActionsGroup label={t('frame.palette.media')}>
            {found.media.map((a) => (
              <Spotlight.Action
                key={a.assetId}
                onClick={after(() => void navigate({ to: '/media', search: { asset: a.assetId } }))}
              >
                <Line icon={KIND_ICON[a.kind]} text={a.name} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {commands.length > 0 ? (
          <Spotlight.ActionsGroup label={t('frame.palette.commands')}>
            {commands.map((c) => (
              <Spotlight.Action key={c.id} onClick={after(() => void runCommand(c.id))}>
                <Line icon={c.icon} text={title(c)} after={keysOf(c)[0] ? <Kbd keys={keysOf(c)[0] ?? ''} /> : null} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {commands.length + found.stories.length + found.media.length === 0 ? (
          <Spotlight.Empty>{t('frame.palette.nothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const KIND_ICON = { video: 'video', audio: 'vol', image: 'image' } as const satisfies Record<string, IconName>;
