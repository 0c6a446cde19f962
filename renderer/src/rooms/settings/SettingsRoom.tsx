import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SETTINGS_TABS } from '../../app/search.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { KeysTab } from './KeysTab.tsx';
import { LookTab } from './LookTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { PlatformsTab } from './platforms/PlatformsTab.tsx';
import { ToolsTab } from './ToolsTab.tsx';
import { WorkspaceTab } from './WorkspaceTab.tsx';
import './settings.css';

/** Settings of this computer and of the workspace. */
export function SettingsRoom() {
  const { t } = useText();
  const navigate = useNavigate();
  const tab = useSearch({ from: '/settings' }).tab ?? 'look';
  const choose = (value: string | null) => {
    const next = SETTINGS_TABS.find((name) => name === value);
    if (next) void navigate({ to: '/settings', search: { tab: next }, replace: true });
  };
  return (
    <div className="room">
      <TopBar>
        <h1>{t('settings.title')}</h1>
      </TopBar>
      <main className="scroll" data-region="work">
        <Tabs className="settings" value={tab} onChange={choose} keepMounted={false}>
          <Tabs.List aria-label={t('settings.title')}>
            {SETTINGS_TABS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`settings.tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="look">
            <LookTab />
          </Tabs.Panel>
          <Tabs.Panel value="keys">
            <KeysTab />
          </Tabs.Panel>
          <Tabs.Panel value="people">
            <PeopleTab />
          </Tabs.Panel>
          <Tabs.Panel value="workspace">
            <WorkspaceTab />
          </Tabs.Panel>
          <Tabs.Panel value="platforms">
            <PlatformsTab />
          </Tabs.Panel>
          <Tabs.Panel value="tools">
            <ToolsTab />
          </Tabs.Panel>
        </Tabs>
      </main>
    </div>
  );
}
