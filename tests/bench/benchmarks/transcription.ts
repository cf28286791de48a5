/** Writing down speech with the bundle that ships: a WAV file's bytes to the last word. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEngine } from '@x-llm/engine';
import { decodeSpeech } from '@x-llm/media/node';
import { type Benchmark, skipped } from '../benchmark.ts';
import { type Summary, summarise, timed } from '../statistics.ts';

const spoken = join(import.meta.dirname, '../../../apps/playground/examples');
const files = { english: 'what-is-this.wav', mandarin: 'zhe-shi-shenme.wav' };

export const transcriptionBenchmark: Benchmark = {
  summary: 'real-time factor of transcription, decoding and filter bank included',
  async run({ bundle, runs, threads }) {
    if (!existsSync(join(bundle, 'xllm.json')))
      return skipped(`there is no bundle at ${bundle} (XLLM_BUNDLE)`);
    const engine = await loadEngine(bundle, { threads });
    try {
      if (!engine.model.speech) return skipped(`${engine.model.id} hears no speech`);
      const { maxSeconds } = engine.model.speech;
      const measurements: Record<string, Summary> = {};
      for (const [name, file] of Object.entries(files)) {
        const bytes = await readFile(join(spoken, file));
        const factors: number[] = [];
        let length = 0;
        for (let run = -1; run < runs; run++) {
          const [seconds, { wall }] = await timed(async () => {
            const { samples, seconds } = await decodeSpeech(bytes, { limits: { maxSeconds } });
            if (run >= 0) samples[0] = run / 1e4; // another sound each time, for the engine keeps what it heard
            for await (const event of engine.transcribe({ samples })) void event;
            return seconds;
          });
          length = seconds;
          if (run >= 0) factors.push(wall / 1000 / seconds);
        }
        measurements[`${name}, ${length.toFixed(1)} s`] = summarise('s/s', factors);
      }
      return { settings: { threads, model: engine.model.id }, measurements, ratios: {} };
    } finally {
      await engine.close();
    }
  },
};
