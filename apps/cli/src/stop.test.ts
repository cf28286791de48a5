import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

/** Says `begun`, and `stopped` when it is asked to; ends a while later, unless it is asked again. */
const slowToStop = `
  const { aborted, stopSignal } = await import(${JSON.stringify(join(import.meta.dirname, 'stop.ts'))});
  const signal = stopSignal();
  const working = setInterval(() => {}, 1000);
  console.log('begun');
  await aborted(signal);
  console.log('stopped: ' + signal.reason.message);
  setTimeout(() => { clearInterval(working); console.log('ended by itself'); }, 1500);
`;

async function stopped(...pauses: number[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', slowToStop]);
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  await once(child.stdout, 'data');
  for (const pause of pauses) {
    await sleep(pause);
    child.kill('SIGINT');
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

test('one Ctrl-C lets the work end, and those that npm and the shell pass on count as one', async () => {
  const ended = { code: 0, output: 'begun\nstopped: stopped by SIGINT\nended by itself\n' };
  const [once, passedOn] = await Promise.all([stopped(0), stopped(0, 10, 10)]);
  expect(once).toEqual(ended);
  expect(passedOn).toEqual(ended);
});

test('a later one ends at once', async () => {
  expect(await stopped(0, 900)).toEqual({ code: 130, output: 'begun\nstopped: stopped by SIGINT\n' });
});
