import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { image as imageInBrowser } from './browser.ts';
import { audio, image, video, XLLMError } from './index.ts';

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

it.each<[string, string, string]>([
  ['WAV', 'RIFF\0\0\0\0WAVEfmt ', 'wav'],
  ['MP3 with a tag', 'ID3\x04', 'mp3'],
  ['bare MP3', '\xff\xfb\x90', 'mp3'],
  ['AAC', '\xff\xf1\x50', 'aac'],
  ['FLAC', 'fLaC\0', 'flac'],
  ['Ogg', 'OggS\0', 'ogg'],
  ['M4A', '\0\0\0\x20ftypM4A ', 'm4a'],
  ['WebM', '\x1a\x45\xdf\xa3\x9f', 'webm'],
])('hears a %s', async (_name, head, format) => {
  const bytes = Buffer.from(head, 'latin1');
  expect(await audio(bytes)).toEqual({
    type: 'input_audio',
    input_audio: { data: bytes.toString('base64'), format },
  });
});

it.each<[string, string, string]>([
  ['MP4', '\0\0\0\x20ftypisom', 'video/mp4'],
  ['QuickTime film', '\0\0\0\x14ftypqt  ', 'video/quicktime'],
  ['WebM', '\x1a\x45\xdf\xa3\x9f', 'video/webm'],
  ['GIF', 'GIF89a', 'image/gif'],
  ['WebP', 'RIFF\0\0\0\0WEBP', 'image/webp'],
])('watches a %s', async (_name, head, mediaType) => {
  const bytes = Buffer.from(head, 'latin1');
  const url = `data:${mediaType};base64,${bytes.toString('base64')}`;
  expect(await video(bytes)).toEqual({ type: 'video_url', video_url: { url } });
});

it('tells sound from pictures', async () => {
  await expect(audio(png)).rejects.toThrow('Not a WAV, MP3, FLAC, Ogg, M4A or WebM file (10 bytes).');
  await expect(video(png)).rejects.toThrow('Not an MP4, WebM, GIF or WebP (10 bytes).');
  await expect(audio(new Uint8Array())).rejects.toBeInstanceOf(XLLMError);
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
