import { setTimeout as sleep } from 'node:timers/promises';
import { MediaError } from '@x-llm/media';
import { prepareImage } from '@x-llm/media/node';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { createImagePool } from './pool.ts';

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a0b' } })
    .jpeg()
    .toBuffer();
const never = new AbortController().signal;

function open(threads = 2) {
  const pool = createImagePool(threads);
  onTestFinished(() => pool.close());
  return pool;
}

it('prepares as @x-llm/media does, several at once', async () => {
  const pool = open();
  const bytes = await photo(40, 30);
  const expected = await prepareImage(bytes, { size: 8 });
  const all = await Promise.all(Array.from({ length: 5 }, () => pool.prepare(bytes, 8, never)));
  for (const rgb of all) expect(rgb).toEqual(expected);
});

it('passes refusals on as they are', async () => {
  const refused = open().prepare(new Uint8Array(), 8, never);
  await expect(refused).rejects.toBeInstanceOf(MediaError);
  await expect(refused).rejects.toMatchObject({ code: 'empty_image_file' });
});

it('leaves the event loop alone', async () => {
  const pool = open();
  await pool.prepare(await photo(40, 30), 8, never);
  const bytes = await photo(3000, 2000);
  const before = performance.eventLoopUtilization();
  await pool.prepare(bytes, 224, never);
  // In this thread it would be busy for most of the time.
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.3);
});

it('survives being aborted at any time', async () => {
  const pool = open();
  const bytes = await photo(1500, 1000);
  for (let after = 0; after < 60; after += 6) {
    const controller = new AbortController();
    const reason = new Error('gone');
    const preparing = pool.prepare(bytes, 224, controller.signal);
    const outcome = preparing.catch((error: unknown) => error);
    await sleep(after);
    controller.abort(reason);
    expect([reason, 'done']).toContain((await outcome) instanceof Uint8Array ? 'done' : await outcome);
  }
  expect(await pool.prepare(await photo(40, 30), 8, never)).toHaveLength(192);
});
