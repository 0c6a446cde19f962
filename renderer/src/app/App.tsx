import { MantineProvider, type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Prefs } from '../../../core/model/bridge.ts';
import { queryClient } from '../client/client.ts';
import { writePrefs } from '../client/prefs.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import { ToastHost } from '../ui/toast.tsx';
import { Gate } from './Gate.tsx';

function schemeManager(initial: MantineColorScheme): MantineColorSchemeManager {
  let current = initial;
  return {
    get: () => current,
    set: (value) => {
      current = value;
      void writePrefs({ theme: value });
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  };
}

export function App({ prefs }: { prefs: Prefs }) {
  const manager = useMemo(() => schemeManager(prefs.theme), [prefs.theme]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={manager}
      defaultColorScheme={prefs.theme}
    >
      <QueryClientProvider client={queryClient}>
        <Gate />
        <ToastHost />
      </QueryClientProvider>
    </MantineProvider>
  );
}
