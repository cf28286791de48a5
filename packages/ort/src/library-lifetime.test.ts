import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

// koffi unloads a library whose handle is collected; calls through decoded pointers then crash the process.
test('the library stays loaded when the garbage collector runs between calls', () => {
  const entry = new URL('./index.ts', import.meta.url).href;
  const script = `
    const { Runtime } = await import(${JSON.stringify(entry)});
    const runtime = Runtime.load({ intraOpThreads: 1 });
    for (let i = 0; i < 20; i++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 5)); }
    await runtime.createSession(new Uint8Array([1, 2, 3])).catch((error) => {
      if (!/load a model/.test(error.message)) throw error;
    });`;
  execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script]);
});
