import { readFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { Runtime } from './runtime.ts';
import { OrtCancelledError } from './status.ts';
import { Tensor } from './tensor.ts';
import { longModel } from './testing.ts';

/**
 * Times are held against that of a whole run, measured here: a busy machine stretches both. One thread, because on such a
 * machine several wait for each other at every product.
 */
const size = 256;
const products = 1000;
const runtime = Runtime.load({ allowSpinning: false, intraOpThreads: 1 });
const session = await runtime.createSession(longModel(size, products), { optimization: 'disabled' });
const x = Tensor.zeros('float32', [size, size]);
const feeds = { x, w: x };
afterAll(() => session[Symbol.dispose]());

/** A whole run, and the longest that the event loop stood still meanwhile. */
async function wholeRun(): Promise<{ tookMs: number; stillMs: number }> {
  let [last, stillMs] = [performance.now(), 0];
  const tick = () => {
    stillMs = Math.max(stillMs, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(tick, 1);
  const start = last;
  const { y } = await session.run(feeds, { outputs: ['y'] });
  tick();
  clearInterval(timer);
  expect(y.shape).toEqual([size, size]);
  return { tookMs: performance.now() - start, stillMs };
}

async function cancelAfter(ms: number): Promise<{ error: unknown; tookMs: number }> {
  const controller = new AbortController();
  let abortedAt = 0;
  setTimeout(() => {
    abortedAt = performance.now();
    controller.abort('enough');
  }, ms);
  const error = await session.run(feeds, { signal: controller.signal }).catch((caught: unknown) => caught);
  return { error, tookMs: performance.now() - abortedAt };
}

test('the event loop ticks during a run', async () => {
  const { tookMs, stillMs } = await wholeRun();
  expect(stillMs).toBeLessThan(tookMs / 4);
});

test('a run is cancelled between two products, and the session stays usable', async () => {
  const { error, tookMs } = await cancelAfter(20);
  expect(error).toBeInstanceOf(OrtCancelledError);
  expect(error).toMatchObject({ name: 'AbortError', code: 'cancelled', cause: 'enough' });
  expect(tookMs).toBeLessThan((await wholeRun()).tookMs / 4);
});

test('a signal that fired before ends the run before it starts', async () => {
  let turned = false;
  const turn = setImmediate(() => {
    turned = true;
  });
  await expect(session.run(feeds, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(turned).toBe(false);
  clearImmediate(turn);
});

test('cancelling one run leaves another of the same session alone', async () => {
  const other = session.run(feeds, { outputs: ['y'] });
  expect((await cancelAfter(20)).error).toBeInstanceOf(OrtCancelledError);
  expect((await other).y.disposed).toBe(false);
});

test('many runs at once wait their turn, and files are read meanwhile', async () => {
  const { tookMs } = await wholeRun();
  const controller = new AbortController();
  const runs = Array.from({ length: 8 }, () => session.run(feeds, { signal: controller.signal }));
  const results = Promise.allSettled(runs);
  let ended = 0;
  const count = () => {
    ended++;
  };
  for (const run of runs) void run.then(count, count);
  await readFile(new URL('./async.test.ts', import.meta.url));
  expect(ended).toBe(0);
  const abortedAt = performance.now();
  controller.abort();
  expect((await results).map((result) => result.status)).toEqual(Array(8).fill('rejected'));
  expect(performance.now() - abortedAt).toBeLessThan(tookMs / 2);
});

test('what a run uses may be disposed while it runs', async () => {
  const short = await runtime.createSession(longModel(256, 200));
  const one = Tensor.from('float32', new Float32Array(256 * 256).fill(1 / 256), [256, 256]);
  const y = Tensor.zeros('float32', [256, 256]);
  const data = y.data;
  const run = short.run({ x: one, w: one }, { outputs: { y } });
  for (const thing of [short, one, y]) thing[Symbol.dispose]();
  expect(() => short.runSync({})).toThrow('disposed');
  await run;
  expect(data[0]).toBeCloseTo(1 / 256, 8);
});

test('loading can be cancelled', async () => {
  const controller = new AbortController();
  const loading = runtime.createSession(longModel(8, 5000), { signal: controller.signal });
  // It has begun by then, and takes longer than a turn of the event loop.
  setImmediate(() => controller.abort());
  await expect(loading).rejects.toMatchObject({ name: 'AbortError', code: 'cancelled' });
});
