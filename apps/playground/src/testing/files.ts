import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wavOf } from '../page/wav.ts';

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A tone of half the full loudness. */
export function tone(hertz: number, seconds: number, sampleRateHz = 16_000): TestFile {
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / sampleRateHz),
  );
  return { name: 'tone.wav', mimeType: 'audio/wav', buffer: Buffer.from(wavOf(samples, sampleRateHz)) };
}

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, ...path));

export const panda = (): TestFile => ({
  name: 'panda.png',
  mimeType: 'image/png',
  buffer: read('../../examples/panda.png'),
});

/**
 * A second of WebM without sound: `ffmpeg -f lavfi -i testsrc=size=96x64:rate=8:duration=1 -c:v libvpx -b:v 30k
 * -fflags +bitexact -flags:v +bitexact clip.webm`.
 */
export const clip = (): TestFile => ({
  name: 'clip.webm',
  mimeType: 'video/webm',
  buffer: read('fixtures/clip.webm'),
});

/** A GIF of one pixel and so many frames. */
export function gif(frames: number): TestFile {
  const head = '47494638396101000100800000000000ffffff';
  const frame = '21f90400140000002c00000000010001000002024c0100';
  return {
    name: 'dot.gif',
    mimeType: 'image/gif',
    buffer: Buffer.from(`${head}${frame.repeat(frames)}3b`, 'hex'),
  };
}

export interface Wav {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bits: number;
  readonly samples: Int16Array;
}

/** Reads what `wavOf` writes. */
export function parseWav(base64: string): Wav {
  const bytes = Buffer.from(base64, 'base64');
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
  return {
    channels: bytes.readUInt16LE(22),
    sampleRateHz: bytes.readUInt32LE(24),
    bits: bytes.readUInt16LE(34),
    samples,
  };
}

/** Of a tone, from how long its periods are; those that a busy machine did not record whole do not count. */
export function hertzOf({ samples, sampleRateHz }: Wav): number {
  const starts = [...samples.keys()].filter(
    (i) => i > 0 && (samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0,
  );
  const periods = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
  const usual = periods.toSorted((a, b) => a - b)[periods.length >> 1] ?? 0;
  const whole = periods.filter((period) => Math.abs(period - usual) <= 2);
  return (sampleRateHz * whole.length) / whole.reduce((sum, period) => sum + period, 0);
}
