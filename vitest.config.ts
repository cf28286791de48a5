import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Apps that test their Worker inside workerd bring a configuration for it; their other tests run in Node. */
const ownConfig = readdirSync(join(import.meta.dirname, 'apps'))
  .filter((app) => existsSync(join(import.meta.dirname, 'apps', app, 'vitest.config.ts')))
  .map((app) => `apps/${app}`);

const include = ['{packages,apps,scripts}/**/*.test.ts', 'tests/**/*.test.ts'];
const exclude = [
  '**/node_modules/**',
  '**/dist/**',
  '**/.scratch/**',
  ...ownConfig.map((app) => `${app}/src/worker/**`),
];
// What is waited for comes in its own time on a busy machine: a second, Vitest's default, is too short for a poll.
const common = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './scripts/tally-reporter.ts'],
    projects: [
      { test: { ...common, name: 'node', include, exclude: [...exclude, '**/*.timing.test.ts'] } },
      ...ownConfig.map((app) => `${app}/vitest.config.ts`),
      {
        // Tests that measure time have the machine to themselves, after the others.
        test: {
          ...common,
          name: 'timing',
          include: ['{packages,apps}/**/*.timing.test.ts', 'tests/**/*.timing.test.ts'],
          exclude,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
