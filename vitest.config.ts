import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Apps whose tests run somewhere else than Node (the gateway: inside workerd) bring their own configuration. */
const ownConfig = readdirSync(join(import.meta.dirname, 'apps'))
  .filter((app) => existsSync(join(import.meta.dirname, 'apps', app, 'vitest.config.ts')))
  .map((app) => `apps/${app}`);

export default defineConfig({
  test: {
    reporters: ['default', './scripts/tally-reporter.ts'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,apps,scripts}/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', ...ownConfig.map((app) => `${app}/**`)],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      ...ownConfig.map((app) => `${app}/vitest*.config.ts`),
    ],
  },
});
