import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;

describe('Slots', () => {
  it('gives the lowest free slot, then makes wait in order', async () => {
    const slots = new Slots({ slots: 2, maxQueued: 2 });
    expect([await slots.take(never), await slots.take(never)]).toEqual([0, 1]);
    const order: string[] = [];
    const first = slots.take(never).then((slot) => order.push(`first ${slot}`));
    const second = slots.take(never).then((slot) => order.push(`second ${slot}`));
    expect(slots).toMatchObject({ active: 2, queued: 2 });
    slots.give(1);
    await first;
    slots.give(0);
    await second;
    expect(order).toEqual(['first 1', 'second 0']);
    slots.give(1);
    slots.give(0);
    expect(await slots.take(never)).toBe(0);
  });

  it('refuses when the queue is full, and says when to come back from how long answers take', async () => {
    let now = 0;
    const slots = new Slots({ slots: 1, maxQueued: 1, now: () => now });
    const held = slots.take(never);
    const wait = () => {
      try {
        void slots.take(never);
        return 'queued';
      } catch (error) {
        return error;
      }
    };
    expect(wait()).toBe('queued');
    expect(wait()).toMatchObject({ code: 'overloaded', retryAfterSeconds: 2 }); // two answers of the guessed second
    now = 11_000;
    slots.give(await held); // the average is now 3 s
    expect(wait()).toBe('queued');
    expect(wait()).toMatchObject({
      retryAfterSeconds: 6,
      message: expect.stringMatching(/1 requests are being answered and 1 are waiting; try again in 6 s/),
    });
  });

  it('lets those who wait leave', async () => {
    const slots = new Slots({ slots: 1, maxQueued: 1 });
    await slots.take(never);
    const controller = new AbortController();
    const leaving = slots.take(controller.signal);
    controller.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    expect(slots.queued).toBe(0);
    slots.give(0);
    expect(slots.active).toBe(0);
    controller.abort();
    await expect(async () => slots.take(controller.signal)).rejects.toThrow('gone');
  });
});
