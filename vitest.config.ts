// Four sets of tests, each by its own name: `vitest run --project unit|renderer|contract|integration`.
import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';

const shared = { testTimeout: 30_000, hookTimeout: 120_000, pool: 'forks' } as const;
const skipped = ['**/node_modules/**', '**/out/**', '**/dist/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          environment: 'node',
          include: ['{core,server,electron,scripts}/**/*.test.{ts,mjs}'],
          exclude: skipped,
        },
      },
      {
        plugins: [react()],
        test: {
          ...shared,
          name: 'renderer',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          exclude: skipped,
        },
      },
      {
        test: {
          ...shared,
          name: 'contract',
          environment: 'node',
          include: ['tests/contract/**/*.test.ts'],
          exclude: skipped,
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          environment: 'node',
          include: ['tests/integration/**/*.test.ts'],
          exclude: skipped,
          globalSetup: ['tests/integration/global-setup.ts'],
        },
      },
    ],
  },
});
