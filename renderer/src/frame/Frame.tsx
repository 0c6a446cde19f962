import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLine } from '../app/session.ts';
import { useView } from '../app/view.ts';
import { desktop } from '../client/bridge.ts';
import { api, client } from '../client/client.ts';
import { handleKey, runCommand, useCommand } from '../commands/registry.ts';
import { isMac } from '../commands/shortcut.ts';
import { useText } from '../i18n/use-text.ts';
import { toast } from '../ui/toast.tsx';
import { Icon } from '../ui/Icon.tsx';
import { chooseLanguage } from './language.ts';
import { palette } from './palette-store.ts';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { focusRegion } from './regions.ts';
import { StatusBar } from './StatusBar.tsx';
import { useChooser } from '../rooms/stories/templates/chooser.ts';
import { TemplateChooser } from '../rooms/stories/templates/TemplateChooser.tsx';
import { useStartStory } from '../rooms/stories/use-start-story.ts';
import './frame.css';

function useFrameCommands(): void {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const { explain } = useText();
  const setView = useView((s) => s.set);
  const start = useStartStory();
  const tell = (error: unknown) => toast(explain(error).message, { icon: 'alert' });
  useCommand('palette.open', () => palette.open());
  useCommand('go.desk', () => void navigate({ to: '/desk' }));
  useCommand('go.stories', () => void navigate({ to: '/stories' }));
  useCommand('go.media', () => void navigate({ to: '/media' }));
  useCommand('go.review', () => void navigate({ to: '/review' }));
  useCommand('go.packages', () => void navigate({ to: '/packages' }));
  useCommand('go.themes', () => void navigate({ to: '/themes' }));
  useCommand('go.platforms', () => void navigate({ to: '/settings', search: { tab: 'platforms' } }));
  useCommand('go.settings', () => void navigate({ to: '/settings' }));
  useCommand('story.new', start.create, start.allowed);
  const chooseTemplate = useChooser((s) => s.set);
  useCommand('story.fromTemplate', () => chooseTemplate(true), start.allowed);
  useCommand('story.import', start.choose, start.allowed);
  useCommand('jobs.open', () => setView({ jobsOpen: !useView.getState().jobsOpen }));
  useCommand('region.next', () => focusRegion(1));
  useCommand('region.previous', () => focusRegion(-1));
  useCommand('theme.auto', () => setColorScheme('auto'));
  useCommand('theme.light', () => setColorScheme('light'));
  useCommand('theme.dark', () => setColorScheme('dark'));
  useCommand('language.zh-CN', () => chooseLanguage('zh-CN'));
  useCommand('language.en', () => chooseLanguage('en'));
  useCommand('session.switch', () => setView({ switching: true }));
  useCommand('session.signOut', () => {
    client.session.signOut().then(() => cache.invalidateQueries({ queryKey: api.session.key() }), tell);
  });
  useCommand('workspace.close', () => {
    client.workspace.close().then(() => cache.invalidateQueries({ queryKey: api.workspace.current.key() }), tell);
  });
  useCommand('log.open', () => void desktop?.openLog(), desktop !== null);
}

/** The frame around every room: rail, room, status bar; commands and shortcuts. */
export function Frame() {
  const { t } = useText();
  const line = useLine();
  useFrameCommands();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.defaultPrevented) handleKey(event, isMac);
    };
    window.addEventListener('keydown', onKey);
    const stopMenu = desktop?.onMenu((id) => void runCommand(id));
    return () => {
      window.removeEventListener('keydown', onKey);
      stopMenu?.();
    };
  }, []);
  return (
    <div className="frame">
      <Rail />
      <div className="main">
        <div>
          {line === 'lost' || line === 'refused' ? (
            <div className="bar-note" role="status">
              <Icon name="offline" />
              <b>{t(line === 'refused' ? 'common.line.refused' : 'common.line.lost')}</b>
              <span>{t(line === 'refused' ? 'common.line.refusedHint' : 'common.line.lostHint')}</span>
            </div>
          ) : null}
        </div>
        <Outlet />
      </div>
      <StatusBar />
      <Palette />
      <TemplateChooser />
    </div>
  );
}
