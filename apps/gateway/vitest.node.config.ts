import { defineProject } from 'vitest/config';

/** The launcher and everything that needs real sockets on both sides, in Node. */
export default defineProject({
  test: {
    name: 'gateway-node',
    include: ['src/launch/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
