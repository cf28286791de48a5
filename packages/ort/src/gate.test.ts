import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

test('lets in as many as its limit, then one for one in order', async () => {
  const gate = new Gate(2);
  const entered: number[] = [];
  const arrivals = [1, 2, 3, 4].map(async (who) => {
    if (await gate.enter()) entered.push(who);
  });
  await Promise.resolve();
  await Promise.resolve();
  expect(entered).toEqual([1, 2]);
  expect(gate.tryEnter()).toBe(false);
  gate.leave();
  gate.leave();
  await Promise.all(arrivals);
  expect(entered).toEqual([1, 2, 3, 4]);
  gate.leave();
  gate.leave();
  expect(gate.tryEnter()).toBe(true);
});

test('one who gives up loses the place, not the others theirs', async () => {
  const gate = new Gate(1);
  gate.tryEnter();
  const controller = new AbortController();
  const first = gate.enter(controller.signal);
  const second = gate.enter();
  controller.abort();
  expect(await first).toBe(false);
  gate.leave();
  expect(await second).toBe(true);
});
