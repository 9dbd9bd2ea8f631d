/** Two suites: `unit` needs nothing but this process, `integration` starts real servers, databases and child processes. */
import { configDefaults, defineConfig } from 'vitest/config';

const never = [...configDefaults.exclude, '**/dist/**', 'e2e/bench/.baseline/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{server,build,migrations,electron,renderer}/**/*.test.{ts,tsx}'],
          exclude: [...never, '**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['**/*.integration.test.ts'],
          exclude: never,
          globalSetup: ['server/testing/postgres-global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
    ],
  },
});
