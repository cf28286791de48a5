/**
 * Measures how fast sounds and videos are decoded, or one file given:
 *
 *     node packages/media/scripts/bench.ts [FILE]
 */
import { readFileSync } from 'node:fs';
import { MediaError } from '../src/error.ts';
import { decodeAudio, decodeVideo } from '../src/node.ts';
import { mediaRates } from '../src/testing/measure.ts';

const units: Record<keyof typeof mediaRates, string> = {
  mp3: 's of sound a second of processor time',
  flac: 's of sound a second of processor time',
  opus: 's of sound a second of processor time',
  aac: 's of sound a second of processor time',
  h264: 'frames of 64×48 a second of processor time',
  vp9: 'frames of 64×48 a second of processor time',
  fbank: 's of sound a second of processor time',
};
const runs = 9;
const given = process.argv[2];

if (given === undefined) {
  for (const [name, unit] of Object.entries(units)) {
    const rates: number[] = [];
    for (let run = 0; run < runs; run++) rates.push(await mediaRates[name as keyof typeof mediaRates]());
    rates.sort((a, b) => a - b);
    console.log(`${name}: ${Math.round(rates[(runs - 1) / 2] ?? 0)} ${unit} (median of ${runs})`);
  }
} else {
  const bytes = readFileSync(given);
  for (const [what, decode] of [
    ['8 frames', () => decodeVideo(bytes)],
    ['all sound', () => decodeAudio(bytes)],
  ] as const) {
    const from = performance.now();
    try {
      const { seconds } = await decode();
      const ms = performance.now() - from;
      console.log(
        `${what} of ${seconds.toFixed(1)} s: ${Math.round(ms)} ms, ${Math.round((seconds * 1000) / ms)} × real time`,
      );
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      console.log(`${what}: ${error.code}`);
    }
  }
}
