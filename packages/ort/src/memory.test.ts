import koffi from 'koffi';
import { expect, test } from 'vitest';
import { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';
import { addModel } from './testing.ts';

const runtime = Runtime.load();
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

/** The least of a few readings: typed arrays that wait for the collector are not a leak. */
async function settledBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    await cycles(50);
    least = Math.min(least, inUse());
  }
  return least;
}

test('10 000 cycles of create, run and release do not grow memory', { timeout: 120_000 }, async () => {
  await cycles(500);
  const before = await settledBytes();
  await cycles(8000);
  const grown = (await settledBytes()) - before;
  // A leaked session would be some 20 KB each, a leaked name or tensor 100 bytes: 9 000 cycles of it, 900 KB.
  expect(grown).toBeLessThan(700_000);
});

test('outputs that nobody disposes are released once collected', async () => {
  using session = await runtime.createSession(addModel());
  const count = 1 << 20;
  using a = Tensor.zeros('float32', [count]);
  const kept = (await session.run({ a, b: a }, { outputs: ['sum'] })).sum.as('float32').data.fill(3);
  const start = process.memoryUsage().rss;
  // 400 outputs of 4 MB; the collector runs when the event loop turns and enough of them are lost.
  for (let i = 0; i < 400; i++) {
    const { sum } = await session.run({ a, b: a }, { outputs: ['sum'] });
    expect(sum.data[0]).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(process.memoryUsage().rss - start).toBeLessThan(1200e6);
  expect(kept[count - 1], 'a view keeps its memory').toBe(3);
});
