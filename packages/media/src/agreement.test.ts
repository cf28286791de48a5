import sharp, { type PngOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from './formats/index.ts';
import * as node from './node.ts';
import { difference } from './testing/difference.ts';
import { compileWasmModules } from './testing/wasm-modules.ts';
import { canDecode, createWasmDecoder } from './wasm.ts';

const wasm = createWasmDecoder(compileWasmModules());

/** A deterministic picture with edges, gradients and noise: `channels` interleaved 8-bit samples. */
function drawing(width: number, height: number, channels: 1 | 2 | 3 | 4) {
  const data = new Uint8Array(width * height * channels);
  let noise = 12345;
  for (let at = 0; at < data.length; at++) {
    noise = (noise * 48271) % 2147483647;
    const pixel = Math.floor(at / channels);
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    data[at] = (x * 5 + y * 3 * ((at % channels) + 1) + (noise & 15) + ((x >> 3) & 1) * 90) & 255;
  }
  return sharp(data, { raw: { width, height, channels } });
}

type Case = [name: string, channels: 1 | 2 | 3 | 4, width: number, height: number, png: PngOptions];
const pngs: Case[] = [
  ['RGB', 3, 61, 43, {}],
  ['RGBA', 4, 61, 43, {}],
  ['interlaced RGB', 3, 61, 43, { progressive: true }],
  ['interlaced RGBA, narrower than Adam7', 4, 3, 2, { progressive: true }],
  ['256 colours', 3, 61, 43, { palette: true, colours: 256, dither: 0 }],
  ['16 colours with transparency', 4, 61, 43, { palette: true, colours: 16 }],
  ['4 colours', 3, 61, 43, { palette: true, colours: 4 }],
  ['2 colours, interlaced', 3, 61, 43, { palette: true, colours: 2, progressive: true }],
  ['one pixel wide', 3, 1, 300, {}],
  ['uncompressed', 3, 200, 100, { compressionLevel: 0 }],
  ['every row filter', 3, 300, 200, { adaptiveFiltering: true }],
];

describe('PNG: libvips and TypeScript give the same bits', () => {
  it.each(pngs)('%s', async (_, channels, width, height, options) => {
    const bytes = await drawing(width, height, channels).png(options).toBuffer();
    for (const alpha of ['white', 'drop'] as const) {
      expect(await wasm.decodeImage(bytes, { alpha })).toEqual(await node.decodeImage(bytes, { alpha }));
    }
    expect(await wasm.prepareImage(bytes, { size: 32 })).toEqual(
      await node.prepareImage(bytes, { size: 32 }),
    );
  });

  it.each([1, 2, 3, 4] as const)('16 bits, %i channels', async (channels) => {
    const space = channels <= 2 ? 'grey16' : 'rgb16';
    const bytes = await drawing(33, 21, channels).toColourspace(space).png().toBuffer();
    expect(bytes[24]).toBe(16);
    const here = await wasm.decodeImage(bytes, { alpha: 'drop' });
    expect(here).toEqual(await node.decodeImage(bytes, { alpha: 'drop' }));
  });
});

describe('lossy formats differ by no more than the decoders do', () => {
  it.each([
    ['JPEG 4:2:0', () => drawing(161, 93, 3).jpeg({ quality: 80 }), 2],
    ['JPEG 4:4:4', () => drawing(161, 93, 3).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), 2],
    ['progressive JPEG', () => drawing(161, 93, 3).jpeg({ progressive: true }), 2],
    ['grey JPEG', () => drawing(161, 93, 1).jpeg(), 2],
    ['JPEG with a colour profile', () => drawing(64, 64, 3).withIccProfile('p3').jpeg(), 2],
    ['rotated JPEG', () => drawing(161, 93, 3).withMetadata({ orientation: 6 }).jpeg(), 2],
    ['lossy WebP', () => drawing(161, 93, 3).webp({ quality: 70 }), 2],
    ['lossy WebP with alpha', () => drawing(161, 93, 4).webp({ quality: 70 }), 2],
    ['lossless WebP', () => drawing(161, 93, 4).webp({ lossless: true }), 0],
  ] as const)('%s', async (_, encode, maxLevels) => {
    const bytes = await encode().toBuffer();
    const [there, here] = await Promise.all([node.decodeImage(bytes), wasm.decodeImage(bytes)]);
    expect([here.width, here.height]).toEqual([there.width, there.height]);
    expect(difference(here.rgb, there.rgb).max).toBeLessThanOrEqual(maxLevels);
  });
});

it('animated WebP shows its first frame in Node and is handed on elsewhere', async () => {
  const first = drawing(20, 20, 3);
  const second = await drawing(20, 20, 3).negate().png().toBuffer();
  const bytes = await sharp([await first.png().toBuffer(), second], { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer();
  const info = inspectImage(bytes);
  expect(info).toMatchObject({ format: 'webp', width: 20, height: 20, animated: true });
  expect(canDecode(info)).toBe(false);
  const { rgb } = await node.decodeImage(bytes);
  expect(rgb).toEqual(new Uint8Array(await first.raw().toBuffer()));
});
