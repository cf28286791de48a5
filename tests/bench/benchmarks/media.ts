/** Sounds and videos through the decoder, a short file at a time in a thread, as the server does it. */
import { mediaRates } from '@x-llm/media/testing/measure';
import type { Benchmark } from '../benchmark.ts';
import { type Summary, summarise } from '../statistics.ts';

const frames = new Set<string>(['h264', 'vp9']);

export const mediaBenchmark: Benchmark = {
  summary: 'seconds of sound, or frames of video, decoded a second of processor time',
  async run({ runs }) {
    const measurements: Record<string, Summary> = {};
    for (const [name, rate] of Object.entries(mediaRates)) {
      await rate(); // compiles the decoder, starts the thread
      const rates: number[] = [];
      for (let i = 0; i < runs; i++) rates.push(await rate());
      measurements[name] = summarise(frames.has(name) ? 'frames/s' : 's/s', rates);
    }
    return { settings: { sound: '1 s', video: '40 frames of 64×48' }, measurements, ratios: {} };
  },
};
