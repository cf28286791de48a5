import { readFileSync } from 'node:fs';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineProject } from 'vitest/config';
import { backendSecret } from './src/testing/backend.ts';

const wrangler = JSON.parse(readFileSync(new URL('wrangler.jsonc', import.meta.url), 'utf8')) as {
  compatibility_date: string;
  compatibility_flags: string[];
};

/** These tests run inside workerd; the backend they talk to is a real HTTP server in Node. */
export default defineProject({
  plugins: [
    cloudflareTest(({ inject }) => ({
      main: './src/worker/index.ts',
      miniflare: {
        compatibilityDate: wrangler.compatibility_date,
        compatibilityFlags: wrangler.compatibility_flags,
        modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
        bindings: {
          XLLM_API_KEY: 'edge-key',
          BACKEND_URL: inject('backendUrl'),
          BACKEND_SECRET: backendSecret,
        },
      },
    })),
  ],
  test: {
    name: 'gateway',
    include: ['src/worker/**/*.test.ts'],
    globalSetup: ['./src/testing/global-setup.ts'],
    setupFiles: ['./src/testing/quiet.ts'],
    testTimeout: 30_000,
  },
});
