import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { image as imageInBrowser } from './browser.ts';
import { image, XLLMError } from './index.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255]);
const expected = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgoA/w==' } };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdk-image-'));
  await writeFile(join(folder, 'a picture.txt'), png);
});
afterAll(() => rm(folder, { recursive: true }));

it.each<[string, () => Parameters<typeof image>[0]]>([
  ['bytes', () => png],
  ['a view into a larger buffer', () => new Uint8Array([1, ...png, 2]).subarray(1, 11)],
  ['an ArrayBuffer', () => png.buffer],
  ['a Blob', () => new Blob([png], { type: 'text/plain' })],
  ['a File', () => new File([png], 'cat.jpg', { type: 'image/jpeg' })],
  ['a data URL of the wrong type', () => 'data:image/jpeg;base64,iVBORw0KGgoA/w=='],
  ['a path', () => join(folder, 'a picture.txt')],
  ['a file URL', () => pathToFileURL(join(folder, 'a picture.txt'))],
  ['a file URL as text', () => pathToFileURL(join(folder, 'a picture.txt')).href],
])('takes %s', async (_name, source) => {
  expect(await image(source())).toEqual(expected);
});

it.each<[string, number[], string]>([
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  ['GIF', [...Buffer.from('GIF89a')], 'image/gif'],
  ['WebP', [...Buffer.from('RIFF\0\0\0\0WEBP')], 'image/webp'],
])('sees a %s', async (_name, bytes, mediaType) => {
  const part = await image(new Uint8Array(bytes), { detail: 'low' });
  expect(part.image_url.url).toMatch(new RegExp(`^data:${mediaType};base64,`));
  expect(part.image_url.detail).toBe('low');
});

it('encodes a large picture without overflowing', async () => {
  const large = new Uint8Array(3_000_000).fill(7);
  large.set(png);
  const { url } = (await image(large)).image_url;
  expect(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64').equals(large)).toBe(true);
});

it.each<[string, Parameters<typeof image>[0]]>([
  ['not a picture', new Uint8Array([1, 2, 3])],
  ['nothing', new Uint8Array()],
  ['a remote address', 'https://example.com/cat.png'],
  ['a broken data URL', 'data:image/png;base64,%%%'],
])('refuses %s', async (_name, source) => {
  await expect(image(source)).rejects.toBeInstanceOf(XLLMError);
});

it('in a browser takes no paths', async () => {
  expect(await imageInBrowser(png)).toEqual(expected);
  await expect(imageInBrowser('cat.png')).rejects.toThrow(/pass a File/);
});
