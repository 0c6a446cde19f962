import './theme/layers.css';
import '@mantine/core/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/mantine.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { client, connect, connection, queryClient } from './client/client.ts';
import { followEvents } from './client/events.ts';
import { useOwnKeys } from './commands/keys.ts';
import { readPrefs } from './client/prefs.ts';
import { startI18n } from './i18n/index.ts';

async function start(root: HTMLElement): Promise<void> {
  const prefs = await readPrefs();
  useOwnKeys.setState({ own: prefs.keys });
  const dark = prefs.theme === 'dark' || (prefs.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  // Before the first paint, so that a dark studio does not flash white; Mantine keeps it from then on.
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  await startI18n(prefs.language);
  connect();
  followEvents(connection, client, queryClient);
  createRoot(root).render(
    <StrictMode>
      <App prefs={prefs} />
    </StrictMode>,
  );
}

// A file dropped beside a drop area must not replace the whole page by that file.
for (const type of ['dragover', 'drop'] as const) {
  window.addEventListener(type, (event) => event.preventDefault());
}

const root = document.getElementById('root');
if (root) void start(root);
