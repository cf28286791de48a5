#!/usr/bin/env node
import type { StricliProcess } from '@stricli/core';
import { runWithLargePages } from './large-pages.ts';

runWithLargePages(); // before there is anything to load twice
const [{ run }, { app }] = await Promise.all([import('@stricli/core'), import('./app.ts')]);

const { stdout, stderr, env } = process;
// Whoever reads may have read enough: `xllm chat … | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
const streams: StricliProcess = { stdout, stderr, env };
await run(app, process.argv.slice(2), { process: streams });
// Wrong usage is 2, as in other tools; stricli counts it below zero.
const code = Number(streams.exitCode ?? 0);
process.exitCode = code < 0 ? 2 : code;
