import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type TestEngine, user } from './testing/engine.ts';
import { measureSpeed } from './testing/measure.ts';

let started: TestEngine;
beforeAll(async () => {
  started = await startEngine({ maxConcurrent: 4 }, { size: 'tiny', maxPositions: 512 });
});
afterAll(() => started[Symbol.asyncDispose]());

it('the event loop is not held up while answers are written', async () => {
  const { eventLoop, tokensPerSecond } = await measureSpeed(started.engine, 4, 3);
  expect(eventLoop.busyP99Ms).toBeLessThan(10);
  expect(tokensPerSecond).toBeGreaterThan(50); // far below what the README has, for machines that others keep busy
});

it('a cancelled answer has left its slot within 250 ms', async () => {
  const { engine } = started;
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    const request = { messages: [user('what is this?')], temperature: 0, maxTokens: 400 };
    const events = engine.generate(request, { signal: controller.signal });
    await events.next();
    while (engine.stats().decodeSteps === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(engine.stats().active).toBe(1);
    const from = performance.now();
    controller.abort();
    while (engine.stats().active > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(performance.now() - from).toBeLessThan(250);
    await expect(events.next()).rejects.toThrow(/abort/);
  }
});
