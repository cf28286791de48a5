import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { jpeg } from './jpeg.ts';
import { inflate } from './png/inflate.ts';

/** Bytes that JavaScript and its buffers take. */
const memory = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

test('PNG data that unpacks to more than the header promised costs no more than a piece', async () => {
  const packed = deflateSync(Buffer.alloc(256 * 2 ** 20, 7), { level: 9 }); // 256 kB
  const before = memory();
  expect([...(await inflate([packed], 4))]).toEqual([7, 7, 7, 7]);
  expect(memory() - before).toBeLessThan(100 * 2 ** 20);
});

test('PNG data in many parts, and such as is damaged or ends early', async () => {
  const raw = Uint8Array.from({ length: 100_000 }, (_, at) => (at * at) >> 3);
  const packed = deflateSync(raw);
  const parts = Array.from({ length: 40 }, (_, at) => packed.subarray(at * 2500, (at + 1) * 2500));
  expect(await inflate(parts, raw.length)).toEqual(raw);
  await expect(inflate([packed.subarray(0, 1000)], raw.length)).rejects.toThrow(/damaged|truncated/);
  const damaged = Uint8Array.from(packed, (byte, at) => (at < 2 ? byte : 0xff));
  await expect(inflate([damaged], raw.length)).rejects.toThrow('its compressed data is damaged');
});

test('a JPEG whose scans would be gone over again and again is refused', async () => {
  const size = { width: 2000, height: 1999, channels: 3, background: 'red' } as const;
  const file = await sharp({ create: size }).jpeg({ progressive: true, quality: 1 }).toBuffer();
  expect(() => jpeg.assertComplete(file)).not.toThrow();
  const scan = file.lastIndexOf(Buffer.of(0xff, 0xda));
  const repeated = (times: number) =>
    Buffer.concat([file.subarray(0, -2), ...Array(times).fill(file.subarray(scan, -2)), file.subarray(-2)]);
  expect(() => jpeg.assertComplete(repeated(80))).not.toThrow();
  expect(() => jpeg.assertComplete(repeated(1000))).toThrow(
    expect.objectContaining({
      code: 'image_parse_error',
      message: expect.stringContaining('scans over all'),
    }),
  );
});
