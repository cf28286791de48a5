import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectAudio, inspectVideo } from './inspect.ts';
import { wavFile } from './testing/wav-file.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`./testing/fixtures/${name}`, import.meta.url));

describe('sounds', () => {
  it.each([
    ['sweep.mp3', 'mp3', 'mp3', 44_100, 2],
    ['sweep.flac', 'flac', 'flac', 16_000, 1],
    ['sweep-vorbis.ogg', 'ogg', 'vorbis', 44_100, 1],
    ['sweep-opus.webm', 'webm', 'opus', 48_000, 1],
    ['sweep.m4a', 'mp4', 'aac', 44_100, 1],
    ['sweep.aac', 'aac', 'aac', 44_100, 1],
    ['moving.mp4', 'mp4', 'aac', 44_100, 1],
  ])('%s', async (name, format, codec, sampleRateHz, channels) => {
    const { seconds, ...info } = await inspectAudio(fixture(name));
    expect(info).toEqual({ format, codec, sampleRateHz, channels });
    expect(Math.abs(seconds - 1)).toBeLessThan(0.06);
  });

  it('WAV', async () => {
    const info = await inspectAudio(wavFile({ channels: 2 }, new Uint8Array(6400)));
    expect(info).toEqual({ format: 'wav', codec: 'PCM', seconds: 0.1, sampleRateHz: 16_000, channels: 2 });
  });

  it.each([
    ['silent.mov', 'no_audio_track'],
    ['moving.gif', 'unsupported_audio_format'],
    ['three-hours.flac', 'audio_too_long'],
  ])('%s is refused', async (name, code) => {
    await expect(inspectAudio(fixture(name))).rejects.toMatchObject({ name: 'MediaError', code });
  });

  it('half a header is refused', async () => {
    const refused = inspectAudio(fixture('sweep.m4a').subarray(0, 20));
    await expect(refused).rejects.toMatchObject({ name: 'MediaError', code: 'audio_parse_error' });
  });
});

describe('videos', () => {
  it.each([
    ['moving.mp4', { format: 'mp4', codec: 'avc', frames: 40, hasAudio: true }],
    ['moving-vp9.webm', { format: 'webm', codec: 'vp9', frames: 40, hasAudio: true }],
    ['moving-av1.mp4', { format: 'mp4', codec: 'av1', frames: 40, hasAudio: false }],
    ['silent.mov', { format: 'mov', codec: 'avc', frames: 40, hasAudio: false }],
  ])('%s', async (name, expected) => {
    const info = await inspectVideo(fixture(name));
    expect(info).toMatchObject({ ...expected, width: 64, height: 48, rotationDegrees: 0 });
    expect(info.seconds).toBeCloseTo(2, 1);
    expect(info.framesPerSecond).toBeCloseTo(20, 0);
  });

  it('a rotated one has the size it is shown with', async () => {
    expect(await inspectVideo(fixture('rotated.mp4'))).toMatchObject({
      width: 48,
      height: 64,
      rotationDegrees: 270,
    });
  });

  it('animations', async () => {
    expect(await inspectVideo(fixture('moving.gif'))).toMatchObject({
      format: 'gif',
      width: 64,
      frames: undefined,
    });
    expect(await inspectVideo(fixture('moving.webp'))).toMatchObject({ format: 'webp', height: 48 });
  });

  it.each([
    ['sweep.m4a', 'no_video_track'],
    ['sweep.mp3', 'no_video_track'],
    ['8k.webm', 'video_too_large'],
  ])('%s is refused', async (name, code) => {
    await expect(inspectVideo(fixture(name))).rejects.toMatchObject({ name: 'MediaError', code });
  });
});
