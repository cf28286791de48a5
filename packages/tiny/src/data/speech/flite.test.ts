import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFlite } from './flite.ts';

/** A WASI program with memory that ends at once: no sound, but all that is opened for it. */
const nothing = Buffer.from(
  '0061736d01000000' + // magic and version
    '010401600000' + // type 0: () → ()
    '03020100' + // a function of type 0
    '0503010001' + // a page of memory
    '0713' +
    '02' +
    '066d656d6f7279' +
    '0200' +
    '065f7374617274' +
    '0000' + // exports memory and _start
    '0a040102000b', // its body is empty
  'hex',
);

test.runIf(process.platform === 'linux')('no folder stays open when something was said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'x-llm-flite-'));
  writeFileSync(join(folder, 'flite.wasm'), nothing);
  const engine = await openFlite(folder);
  const open = () => readdirSync('/proc/self/fd').length;
  const say = () => engine.speak('a', 'kal', { wordsPerMinute: 170, pitch: 0, liveliness: 0 });
  expect(say).toThrow(/ENOENT.*speech\.wav/); // which it did not write
  const before = open();
  for (let at = 0; at < 20; at++) expect(say).toThrow(/speech\.wav/);
  expect(open()).toBe(before);
  rmSync(folder, { recursive: true });
});
