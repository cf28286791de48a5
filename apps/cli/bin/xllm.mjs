#!/usr/bin/env node
// Runs on any Node from 20 on: the bootstrap script hands over to the packaged Node 24.
process.argv.splice(2, 0, 'apps/cli/src/main.ts');
await import('../../../scripts/bootstrap.mjs');
