import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AudioFormat } from '../containers.ts';
import { decodeAudio, decodeSpeech } from '../node.ts';
import { sweep } from '../testing/drawn.ts';
import { riff, wavFile } from '../testing/wav-file.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../testing/fixtures/${name}`, import.meta.url));

/** Decibels of a signal over its difference from what was expected, the better of some delays. */
function decibels(samples: Float32Array, expected: Float32Array, mostDelay: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let delay = -mostDelay; delay <= mostDelay; delay++) {
    let signal = 0;
    let noise = 0;
    // The ends are the encoder's to fade.
    for (let at = 4000; at < expected.length - 4000; at++) {
      const want = expected[at] ?? 0;
      signal += want * want;
      noise += (want - (samples[at + delay] ?? 0)) ** 2;
    }
    best = Math.max(best, 10 * Math.log10(signal / noise));
  }
  return best;
}

describe('what went in comes out', () => {
  it.each<[string, AudioFormat, number, [number, number], number]>([
    ['sweep.flac', 'flac', 16_000, [16_000, 16_000], 80],
    ['sweep-alac.m4a', 'mp4', 16_000, [16_000, 16_000], 80],
    ['sweep.mp3', 'mp3', 44_100, [44_100, 44_100], 25],
    ['sweep-vorbis.ogg', 'ogg', 44_100, [43_900, 44_100], 20],
    ['sweep-vorbis.webm', 'webm', 44_100, [43_900, 45_000], 20],
    ['sweep-opus.ogg', 'ogg', 48_000, [48_000, 48_000], 15],
    ['sweep-opus.webm', 'webm', 48_000, [48_000, 48_000], 15],
    // AAC's frames have 1024 samples, and ADTS cannot say how many of the first are padding.
    ['sweep.m4a', 'mp4', 44_100, [44_100, 45_124], 18],
    ['moving.mp4', 'mp4', 44_100, [44_100, 45_124], 18],
    ['sweep.aac', 'aac', 44_100, [44_100, 46_148], 18],
  ])('%s is %s at %i Hz', async (name, format, sampleRateHz, [shortest, longest], quality) => {
    const sound = await decodeAudio(fixture(name));
    expect(sound).toMatchObject({ format, sampleRateHz, truncated: false });
    expect(sound.samples.length).toBeGreaterThanOrEqual(shortest);
    expect(sound.samples.length).toBeLessThanOrEqual(longest);
    const delay = name === 'sweep.aac' ? 1100 : 4;
    expect(decibels(sound.samples, sweep(1, sampleRateHz), delay)).toBeGreaterThan(quality);
  });

  it('speech is the same at 16 kHz', async () => {
    const { samples, sampleRateHz, seconds } = await decodeSpeech(fixture('sweep.mp3'));
    expect(sampleRateHz).toBe(16_000);
    expect(samples).toHaveLength(16_000);
    expect(seconds).toBe(1);
    expect(decibels(samples, sweep(1, 16_000), 2)).toBeGreaterThan(25);
  });

  it('192 kHz with 8 channels', async () => {
    const data = new Uint8Array(new Int16Array(8 * 1920).fill(8192).buffer);
    const sound = await decodeSpeech(wavFile({ channels: 8, sampleRateHz: 192_000 }, data));
    expect(sound.samples).toHaveLength(160);
    expect(sound.samples[80]).toBeCloseTo(0.25, 2);
  });

  it('silence is silence, and clipping stays below full scale', async () => {
    const silence = await decodeSpeech(wavFile({}, new Uint8Array(3200)));
    expect(silence.samples.every((sample) => sample === 0)).toBe(true);
    const noise = Int16Array.from({ length: 1600 }, (_, at) => ((at * 7919) % 2 ? 32_767 : -32_768));
    const { samples } = await decodeAudio(wavFile({}, new Uint8Array(noise.buffer)));
    expect(samples.every((sample) => sample >= -1 && sample < 1)).toBe(true);
  });
});

describe('bad input', () => {
  const text = (value: string) => Uint8Array.from(value, (char) => char.charCodeAt(0));
  it.each<[string, () => Uint8Array, string]>([
    ['no bytes', () => new Uint8Array(), 'empty_audio_file'],
    ['text', () => text('hello, this is no sound'), 'invalid_audio'],
    ['AMR', () => text('#!AMR\n'), 'unsupported_audio_format'],
    ['a GIF', () => fixture('moving.gif'), 'unsupported_audio_format'],
    ['a RIFF header alone', () => riff(), 'audio_parse_error'],
    ['a film without sound', () => fixture('silent.mov'), 'no_audio_track'],
    ['three hours', () => fixture('three-hours.flac'), 'audio_too_long'],
    [
      'an MP4 header and noise',
      () => text(`\0\0\0\x18ftypisom${'\x13\x37'.repeat(2000)}`),
      'audio_parse_error',
    ],
    [
      'a frame sync and zeros',
      () => new Uint8Array(5000).fill(0xff, 0, 1).fill(0xfb, 1, 2),
      'audio_parse_error',
    ],
  ])('%s', async (_, bytes, code) => {
    await expect(decodeAudio(bytes())).rejects.toMatchObject({ name: 'MediaError', code });
  });

  it('three hours whose header says nothing of it are stopped on the way', async () => {
    const bytes = fixture('three-hours.flac').slice();
    bytes[21] = (bytes[21] ?? 0) & 0xf0; // STREAMINFO: 36 bits of how many samples there are
    bytes.fill(0, 22, 26);
    await expect(decodeAudio(bytes)).rejects.toMatchObject({ code: 'audio_too_long' });
    const limits = { maxSeconds: 1e6, maxSamples: 1e6 };
    await expect(decodeAudio(bytes, { limits })).rejects.toMatchObject({ code: 'audio_too_large' });
  });

  it('too many bytes are refused before they are looked at', async () => {
    const refused = decodeAudio(fixture('sweep.mp3'), { limits: { maxBytes: 1000 } });
    await expect(refused).rejects.toMatchObject({ code: 'audio_too_large' });
  });

  it.each([
    ['sweep.mp3', 'wav', 'invalid_audio'],
    ['sweep.flac', 'mp3', 'invalid_audio'],
    ['sweep.mp3', 'mid', 'unsupported_audio_format'],
  ])('%s declared as %s', async (name, format, code) => {
    await expect(decodeAudio(fixture(name), { format })).rejects.toMatchObject({ code });
  });

  it('a right declaration is accepted, in any case', async () => {
    expect((await decodeAudio(fixture('sweep.m4a'), { format: 'M4A' })).format).toBe('mp4');
  });

  it.each([
    'sweep.flac',
    'sweep-opus.ogg',
    'sweep-vorbis.ogg',
    'sweep-opus.webm',
    'sweep-alac.m4a',
    'moving.mp4',
  ])('%s cut off gives the beginning, or is refused', async (name) => {
    const bytes = fixture(name);
    const whole = await decodeAudio(bytes);
    const outcome = await decodeAudio(bytes.subarray(0, bytes.length * 0.8)).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      // Its index is at the end of the file.
      expect(outcome).toMatchObject({ code: 'audio_parse_error' });
      expect(name).toBe('sweep-alac.m4a');
    } else {
      expect(outcome).toMatchObject({ truncated: true });
      const { samples } = outcome as typeof whole;
      expect(samples.length).toBeGreaterThan(0);
      expect(samples.length).toBeLessThan(whole.samples.length);
      expect(samples.subarray(0, 2000)).toEqual(whole.samples.subarray(0, 2000));
    }
  });

  it('a WAV file cut in half says so', async () => {
    const bytes = wavFile({}, new Uint8Array(3200));
    expect(await decodeAudio(bytes)).toMatchObject({ truncated: false });
    const half = await decodeAudio(bytes.subarray(0, 1644));
    expect(half).toMatchObject({ truncated: true });
    expect(half.samples).toHaveLength(800);
  });

  it('what comes before damage in the middle is as it was', async () => {
    const bytes = fixture('sweep.flac').slice();
    const whole = await decodeAudio(bytes);
    bytes.fill(0x55, 14_000, 14_500);
    const { samples, truncated } = await decodeAudio(bytes);
    expect(truncated).toBe(true);
    expect(samples.length).toBeGreaterThan(3000);
    expect(samples.subarray(0, 3000)).toEqual(whole.samples.subarray(0, 3000));
  });

  it.each(['sweep.m4a', 'moving.mp4', 'sweep.mp3', 'sweep.aac'])(
    'behind damage in the middle %s goes on',
    async (name) => {
      const bytes = fixture(name).slice();
      const whole = await decodeAudio(bytes);
      const middle = bytes.length >> 1;
      bytes.fill(0x55, middle, middle + 200);
      const { samples, truncated } = await decodeAudio(bytes);
      expect(truncated).toBe(true);
      expect(samples.length).toBeGreaterThan(whole.samples.length * 0.94);
      expect(samples.subarray(0, 3000)).toEqual(whole.samples.subarray(0, 3000));
      // What follows is late or early by less than what counts as a gap: 50 ms.
      expect(decibels(samples.subarray(-9000), whole.samples.subarray(-9000), 2205)).toBeGreaterThan(20);
    },
  );

  it('a lost page of Ogg is silent: what follows keeps its time', async () => {
    const bytes = fixture('sweep-opus.ogg');
    const pages = [...Buffer.from(bytes).toString('latin1').matchAll(/OggS/g)].map(({ index }) => index);
    const [from = 0, to = 0] = pages.slice(4);
    const cut = new Uint8Array(bytes.length - (to - from));
    cut.set(bytes.subarray(0, from));
    cut.set(bytes.subarray(to), from);
    const whole = await decodeAudio(bytes);
    const { samples } = await decodeAudio(cut);
    expect(Math.abs(samples.length - whole.samples.length)).toBeLessThan(0.05 * 48_000);
    expect(decibels(samples.subarray(-12_000), whole.samples.subarray(-12_000), 2)).toBeGreaterThan(15);
  });

  it('two MP3 files in one are both heard', async () => {
    const one = fixture('sweep.mp3');
    const { seconds } = await decodeAudio(Buffer.concat([one, one]));
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThan(2.1);
  });

  it('damage without end is given up', async () => {
    const one = fixture('sweep.mp3');
    // Headers of frames, and nothing of use in them.
    const noise = Buffer.concat(
      Array.from({ length: 2000 }, () =>
        Buffer.from(one.subarray(-400).map(() => 0x55)).fill(one.subarray(-836, -832), 0, 4),
      ),
    );
    const { seconds, truncated } = await decodeAudio(Buffer.concat([one, noise, one]));
    expect(truncated).toBe(true);
    expect(seconds).toBeLessThan(1.5);
  });
});

/** Three minutes, which take seconds to resample. */
function longWav(): Uint8Array {
  const bytes = new Uint8Array(44 + 19_000_000);
  bytes.set(wavFile({ sampleRateHz: 48_000 }, new Uint8Array()));
  new DataView(bytes.buffer).setUint32(40, 19_000_000, true);
  return bytes;
}

describe('time', () => {
  it('a deadline ends the decoding, and the next file is decoded', async () => {
    const long = longWav();
    const refused = decodeSpeech(long, { deadlineMs: 20 });
    await expect(refused).rejects.toMatchObject({ name: 'MediaError', code: 'media_timeout' });
    expect((await decodeAudio(fixture('sweep.mp3'))).samples).toHaveLength(44_100);
  });

  it('an abort is the signal’s reason, before and during', async () => {
    const reason = new Error('gone');
    await expect(decodeAudio(fixture('sweep.mp3'), { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const controller = new AbortController();
    const long = longWav();
    const decoding = decodeSpeech(long, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(decoding).rejects.toBe(reason);
  });
});
