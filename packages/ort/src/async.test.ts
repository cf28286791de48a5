import { readFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { Runtime } from './runtime.ts';
import { OrtCancelledError } from './status.ts';
import { Tensor } from './tensor.ts';
import { longModel } from './testing.ts';

/** Products of 512×512 take about a millisecond, so that a signal is seen soon; 1000 of them take long enough. */
const size = 512;
const runtime = Runtime.load({ allowSpinning: false });
const session = await runtime.createSession(longModel(size, 1000), { optimization: 'disabled' });
const x = Tensor.zeros('float32', [size, size]);
const feeds = { x, w: x };
afterAll(() => session[Symbol.dispose]());

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
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const start = performance.now();
  await session.run(feeds, { outputs: ['y'] });
  const tookMs = performance.now() - start;
  clearInterval(timer);
  expect(tookMs).toBeGreaterThan(100);
  expect(ticks).toBeGreaterThan(tookMs / 20);
});

test('a run is cancelled within 100 ms, and the session stays usable', async () => {
  const { error, tookMs } = await cancelAfter(50);
  expect(error).toBeInstanceOf(OrtCancelledError);
  expect(error).toMatchObject({ name: 'AbortError', code: 'cancelled', cause: 'enough' });
  expect(tookMs).toBeLessThan(100);
  const { y } = await session.run(feeds, { outputs: ['y'] });
  expect(y.shape).toEqual([size, size]);
});

test('a signal that fired before ends the run before it starts', async () => {
  const start = performance.now();
  await expect(session.run(feeds, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(performance.now() - start).toBeLessThan(50);
});

test('cancelling one run leaves another of the same session alone', async () => {
  const other = session.run(feeds, { outputs: ['y'] });
  expect((await cancelAfter(20)).error).toBeInstanceOf(OrtCancelledError);
  expect((await other).y.disposed).toBe(false);
});

test('many runs at once wait their turn, and files are read meanwhile', async () => {
  const controller = new AbortController();
  const runs = Array.from({ length: 8 }, () => session.run(feeds, { signal: controller.signal }));
  const settled = Promise.allSettled(runs);
  const start = performance.now();
  await readFile(new URL('./async.test.ts', import.meta.url));
  expect(performance.now() - start).toBeLessThan(100);
  controller.abort();
  expect((await settled).map((result) => result.status)).toEqual(Array(8).fill('rejected'));
  expect(performance.now() - start).toBeLessThan(300);
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
  const loading = runtime.createSession(longModel(8, 2000), { signal: AbortSignal.timeout(1) });
  await expect(loading).rejects.toMatchObject({ name: 'AbortError', code: 'cancelled' });
});
