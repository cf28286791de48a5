import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import koffi from 'koffi';
import { expect, test } from 'vitest';
import { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';
import { addModel } from './testing.ts';

const runtime = Runtime.load();
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
const inUse = nativeBytesInUse();

/** Bytes that malloc has handed out (glibc), which V8's heap and free lists do not blur as they blur the RSS. */
function nativeBytesInUse(): () => number {
  if (process.platform !== 'linux') return () => process.memoryUsage().rss;
  const names = [
    'arena',
    'ordblks',
    'smblks',
    'hblks',
    'hblkhd',
    'usmblks',
    'fsmblks',
    'uordblks',
    'fordblks',
    'keepcost',
  ];
  const info = koffi.struct(Object.fromEntries(names.map((name) => [name, 'size_t'])));
  const mallinfo = koffi.load('libc.so.6').func('mallinfo2', info, []);
  return () => {
    const { uordblks, hblkhd } = mallinfo() as Record<string, number>;
    return (uordblks ?? 0) + (hblkhd ?? 0);
  };
}

async function collectGarbage(): Promise<void> {
  gc();
  // Finalizers run in a turn of their own.
  await setTimeout(20);
  gc();
}

/** A session, a run, its output seen, all released. */
async function cycles(count: number): Promise<void> {
  const model = addModel();
  for (let i = 0; i < count; i++) {
    using session = await runtime.createSession(model);
    using a = Tensor.from('float32', new Float32Array(256).fill(i), [256]);
    const { sum } = await session.run({ a, b: a }, { outputs: ['sum'] });
    if (sum.data[255] !== 2 * i) throw new Error(`cycle ${i}: got ${sum.data[255]}`);
    sum[Symbol.dispose]();
  }
}

interface Memory {
  readonly native: number;
  readonly heap: number;
}

/** Memory once it stops falling: what is collected is freed by background threads, which a busy machine delays. */
async function settledMemory(): Promise<Memory> {
  let least = { native: Number.POSITIVE_INFINITY, heap: Number.POSITIVE_INFINITY };
  for (let quiet = 0; quiet < 8; quiet++) {
    await collectGarbage();
    const native = inUse();
    if (native < least.native - 10_000) quiet = 0;
    least = {
      native: Math.min(least.native, native),
      heap: Math.min(least.heap, process.memoryUsage().heapUsed),
    };
  }
  return least;
}

test('10 000 cycles of create, run and release do not grow memory', { timeout: 120_000 }, async () => {
  await cycles(1000);
  const before = await settledMemory();
  await cycles(9000);
  const after = await settledMemory();
  // V8's compilers move it by a megabyte or two in single steps. A leaked session would be 180 MB in all, a leaked
  // tensor or options object of 400 bytes 3.6 MB.
  expect(after.native - before.native).toBeLessThan(3_000_000);
  expect(after.heap - before.heap).toBeLessThan(1_000_000);
});

test('outputs that nobody disposes are released once collected', async () => {
  using session = await runtime.createSession(addModel());
  const count = 1 << 20;
  using a = Tensor.zeros('float32', [count]);
  const kept = (await session.run({ a, b: a }, { outputs: ['sum'] })).sum.as('float32').data.fill(3);
  const outputs = 120;
  const start = inUse();
  for (let i = 0; i < outputs; i++) {
    const { sum } = await session.run({ a, b: a }, { outputs: ['sum'] });
    expect(sum.data[0]).toBe(0);
    if (i % 16 === 0) await collectGarbage();
  }
  // The session's arena keeps what it once had, in regions of up to 128 MB; all the outputs are 500 MB.
  expect(inUse() - start).toBeLessThan((outputs * count * 4) / 2);
  expect(kept[count - 1], 'a view keeps its memory').toBe(3);
});
