import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { VideoFormat } from '../containers.ts';
import { decodeVideo, prepareImage } from '../node.ts';
import { colours, draw, expectedCentre, picture, squareCentre, sweep } from '../testing/drawn.ts';
import { longGif } from '../testing/long-gif.ts';
import { longWebp } from '../testing/long-webp.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../testing/fixtures/${name}`, import.meta.url));
const size = 56;
/** The pixel at a place, given as shares of the sides. */
function colourAt(rgb: Uint8Array, x: number, y: number): number[] {
  const at = (Math.floor(y * size) * size + Math.floor(x * size)) * 3;
  return [...rgb.subarray(at, at + 3)];
}

function expectColour(rgb: Uint8Array, [x, y]: [number, number], [r, g, b]: readonly number[]): void {
  const found = colourAt(rgb, x, y);
  for (const [channel, value] of [r, g, b].entries()) {
    expect(Math.abs((found[channel] ?? 0) - (value ?? 0)), `${found} at ${x}, ${y}`).toBeLessThan(20);
  }
}

describe('what was drawn is seen', () => {
  it.each<[string, VideoFormat]>([
    ['moving.mp4', 'mp4'],
    ['silent.mov', 'mov'],
    ['moving-hevc.mp4', 'mp4'],
    ['moving-vp8.webm', 'webm'],
    ['moving-vp9.webm', 'webm'],
    ['moving-av1.mp4', 'mp4'],
    ['moving-mjpeg.mov', 'mov'],
    ['moving.gif', 'gif'],
    ['moving.webp', 'webp'],
  ])('%s', async (name, format) => {
    const video = await decodeVideo(fixture(name), { size });
    expect(video).toMatchObject({ format, width: 64, height: 48, truncated: false });
    expect(video.seconds).toBeCloseTo(2, 3);
    expect(video.speech).toBeUndefined();
    expect(video.frames.map(({ seconds }) => Math.round(seconds * 20))).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35,
    ]);
    for (const { rgb, seconds } of video.frames) {
      expect(rgb).toHaveLength(size * size * 3);
      const centre = squareCentre(rgb, size);
      const expected = expectedCentre(Math.round(seconds * picture.framesPerSecond));
      expect(centre.x).toBeCloseTo(expected.x, 1.5);
      expect(centre.y).toBeCloseTo(expected.y, 1.5);
      expectColour(rgb, [0.95, 0.1], colours.top);
      expectColour(rgb, [0.05, 0.9], colours.bottom);
    }
  });

  it('frames of open groups of pictures, which stand behind the key frame they are shown before', async () => {
    const { frames } = await decodeVideo(fixture('open-gop.mp4'), { size, frames: picture.frames });
    const found = frames.map(({ rgb }) => squareCentre(rgb, size).x);
    // Closer than half a frame's way.
    const half = (expectedCentre(1).x - expectedCentre(0).x) / 2;
    expect(half).toBeGreaterThan(0.005);
    const off = found.map((x, frame) => Math.abs(x - expectedCentre(frame).x));
    expect(off).toHaveLength(picture.frames);
    expect(Math.max(...off)).toBeLessThan(half);
  });

  it('a frame is prepared exactly as a picture', async () => {
    const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
    const png = await sharp(draw(0), { raw }).png().toBuffer();
    const expected = await prepareImage(png, { size });
    const { frames } = await decodeVideo(fixture('moving.gif'), { frames: 1, size });
    const difference = (frames[0]?.rgb ?? []).map((value, at) => Math.abs(value - (expected[at] ?? 0)));
    expect(Math.max(...difference)).toBeLessThan(8); // of the palette
  });

  it('its sound is heard when asked for', async () => {
    const { speech } = await decodeVideo(fixture('moving.mp4'), { size, audio: true });
    const expected = sweep(1, 16_000);
    const inner = (signal: Float32Array) => signal.subarray(2000, 14_000);
    const energy = inner(expected).reduce((sum, one) => sum + one * one, 0);
    const product = inner(expected).reduce(
      (sum, one, at) => sum + one * (inner(speech ?? expected.slice(9))[at] ?? 0),
      0,
    );
    expect(product / energy).toBeGreaterThan(0.95);
    expect((await decodeVideo(fixture('silent.mov'), { size, audio: true })).speech).toBeUndefined();
  });

  it.each([
    ['rotated.mp4', 0.1, (x: number) => 1 - x],
    ['rotated-right.mp4', 0.9, (x: number) => x],
  ])('a phone’s video stands upright: %s', async (name, top, squareY) => {
    const { width, height, frames } = await decodeVideo(fixture(name), { size });
    expect([width, height]).toEqual([48, 64]);
    for (const { rgb, seconds } of frames) {
      // What was above is at a side now, and the square moves up or down.
      expectColour(rgb, [top, squareY(0.98)], colours.top);
      expectColour(rgb, [1 - top, squareY(0.98)], colours.bottom);
      const { x } = expectedCentre(Math.round(seconds * picture.framesPerSecond));
      expect(squareCentre(rgb, size).y).toBeCloseTo(squareY(x), 1.5);
    }
  });

  it('a variable frame rate is sampled by time', async () => {
    // 20 frames in the first second, 20 in the ten after it.
    const { seconds, frames } = await decodeVideo(fixture('variable-rate.mp4'), { size, frames: 4 });
    const shown = (time: number) =>
      time < 1 ? Math.floor(time * 20) : 20 + Math.floor((time - 1) * 2 + 1e-9);
    for (const [i, frame] of frames.entries()) {
      const expected = expectedCentre(shown((i * seconds) / 4));
      expect(squareCentre(frame.rgb, size).x).toBeCloseTo(expected.x, 1.5);
    }
  });

  it('the first frames at a rate', async () => {
    const { frames } = await decodeVideo(fixture('moving.mp4'), { size, frames: 3, sampling: { fps: 2 } });
    expect(frames.map(({ seconds }) => seconds)).toEqual([0, 0.5, 1].map((time) => expect.closeTo(time, 5)));
    const all = await decodeVideo(fixture('moving.mp4'), { size, frames: 30, sampling: { fps: 1 } });
    expect(all.frames).toHaveLength(2);
  });

  it('a short clip gives all it has', async () => {
    const { frames } = await decodeVideo(fixture('moving.mp4'), { size: 8, frames: 100 });
    expect(frames).toHaveLength(40);
  });
});

describe('bad input', () => {
  const text = (value: string) => Uint8Array.from(value, (char) => char.charCodeAt(0));
  it.each<[string, () => Uint8Array, string]>([
    ['no bytes', () => new Uint8Array(), 'empty_video_file'],
    ['text', () => text('hello, this is no video'), 'invalid_video'],
    ['AVI', () => text('RIFF\0\0\0\0AVI LIST'), 'unsupported_video_format'],
    ['a PNG', () => text('\x89PNG\r\n\x1a\n'), 'unsupported_video_format'],
    ['an MP3', () => fixture('sweep.mp3'), 'no_video_track'],
    ['an MP4 of sound', () => fixture('sweep.m4a'), 'no_video_track'],
    ['a sound with a cover', () => fixture('cover.m4a'), 'no_video_track'],
    ['8K', () => fixture('8k.webm'), 'video_too_large'],
    ['a film whose index was cut off', () => fixture('silent.mov').subarray(0, 1500), 'video_parse_error'],
    ['a GIF header alone', () => fixture('moving.gif').subarray(0, 13), 'video_parse_error'],
  ])('%s', async (_, bytes, code) => {
    await expect(decodeVideo(bytes(), { size })).rejects.toMatchObject({ name: 'MediaError', code });
  });

  it('a film cut in half gives what is there', async () => {
    const bytes = fixture('moving-vp8.webm');
    const { frames, truncated } = await decodeVideo(bytes.subarray(0, bytes.length * 0.6), { size });
    expect(truncated).toBe(true);
    expect(frames.length).toBeGreaterThan(0);
    expect(squareCentre(frames[0]?.rgb ?? new Uint8Array(), size).x).toBeCloseTo(expectedCentre(0).x, 1.5);
  });

  it('10,000 frames of a GIF', async () => {
    const gif = longGif(10_000);
    const { frames, seconds } = await decodeVideo(gif, { size: 8, frames: 3 });
    expect(seconds).toBeCloseTo(500, 3);
    // Frames 0, 3333 and 6666 have the first three of four colours.
    expect(frames.map(({ rgb }) => [...rgb.subarray(0, 3)])).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ]);
    await expect(decodeVideo(gif, { limits: { maxFrames: 9_999 } })).rejects.toMatchObject({
      code: 'video_too_long',
    });
  });

  it('lengths and sizes beyond the limits', async () => {
    for (const [limits, code] of [
      [{ maxBytes: 100 }, 'video_too_large'],
      [{ maxPixels: 100 }, 'video_too_large'],
      [{ maxSeconds: 1 }, 'video_too_long'],
      [{ maxFrames: 10 }, 'video_too_long'],
    ] as const) {
      for (const name of ['moving.mp4', 'moving.gif', 'moving.webp']) {
        await expect(decodeVideo(fixture(name), { limits }), name).rejects.toMatchObject({ code });
      }
    }
  });

  it.each([{ frames: 0 }, { frames: 1e9 }, { size: 1.5 }, { sampling: { fps: Number.NaN } }])(
    'options %j are the caller’s mistake',
    async (options) => {
      await expect(decodeVideo(fixture('moving.mp4'), options)).rejects.toThrow(RangeError);
    },
  );

  it('a WebP whose frames take too many pixels to decode, before one is', async () => {
    const { frames, seconds } = await decodeVideo(longWebp(64, 48, 100), { size });
    expect([frames.length, seconds]).toEqual([8, expect.closeTo(4, 6)]);
    const from = performance.now();
    // 126 kB, of which libvips would decode 28 gigapixels.
    const bomb = longWebp(4096, 2304, 3000);
    await expect(decodeVideo(bomb, { frames: 2, sampling: { fps: 0.01 } })).rejects.toMatchObject({
      code: 'video_too_large',
      message: expect.stringContaining('gigapixels'),
    });
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it('a deadline ends the decoding', async () => {
    const refused = decodeVideo(fixture('moving-hevc.mp4'), { deadlineMs: 1 });
    await expect(refused).rejects.toMatchObject({ code: 'media_timeout' });
    expect((await decodeVideo(fixture('moving.mp4'), { size })).frames).toHaveLength(8);
  });
});
