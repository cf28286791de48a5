import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const entry = new URL('./index.ts', import.meta.url).href;

// koffi unloads a library whose handle is collected; calls through decoded pointers then crash the process.
test('the library stays loaded when the garbage collector runs between calls', () => {
  const script = `
    const { Runtime } = await import(${JSON.stringify(entry)});
    const runtime = Runtime.load({ intraOpThreads: 1 });
    for (let i = 0; i < 20; i++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 5)); }
    await runtime.createSession(new Uint8Array([1, 2, 3])).catch((error) => {
      if (!/load a model/.test(error.message)) throw error;
    });`;
  execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script]);
});

test('no telemetry database appears in the home folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'x-llm-home-'));
  const script = `(await import(${JSON.stringify(entry)})).Runtime.load()`;
  const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...env } = process.env;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: { ...env, HOME: home } });
  expect(readdirSync(home)).toEqual([]);
});
