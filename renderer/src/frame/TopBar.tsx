import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../app/session.ts';
import { shortcutOf } from '../commands/keys.ts';
import { runCommand } from '../commands/registry.ts';
import { useText } from '../i18n/use-text.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';

function SearchBox({ short }: { short: boolean }) {
  const { t } = useText();
  return (
    <button
      type="button"
      className={short ? 'search short' : 'search'}
      aria-keyshortcuts="Control+K"
      onClick={() => void runCommand('palette.open')}
    >
      <Icon name="search" />
      <span className="cut">{short ? t('frame.search.short') : t('frame.search.placeholder')}</span>
      <Kbd keys={shortcutOf('palette.open') ?? ''} />
    </button>
  );
}

function UserMenu() {
  const { t } = useText();
  const { user } = useSession();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" aria-label={t('frame.user.menu', { name: user.name })} className="user-button">
          <Avatar name={user.name} size="lg" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className="user-name">{user.name}</span>
          {t(`common.role.${user.role}`)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="users" />} onClick={() => void runCommand('session.switch')}>
          {t('frame.user.switch')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="gear" />} onClick={() => void runCommand('go.settings')}>
          {t('frame.nav.settings')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signout" />} onClick={() => void runCommand('session.signOut')}>
          {t('frame.user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface TopBarProps {
  /** Title or crumb, and what belongs beside it. */
  children: ReactNode;
  /** Buttons at the right; one of them primary at most. */
  actions?: ReactNode;
  shortSearch?: boolean;
}

/** The bar on top of a room. */
export function TopBar({ children, actions, shortSearch = false }: TopBarProps) {
  return (
    <header className="top" data-region="top">
      {children}
      <span className="grow" />
      <SearchBox short={shortSearch} />
      {actions}
      <UserMenu />
    </header>
  );
}
