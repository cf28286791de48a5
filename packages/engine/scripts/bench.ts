/**
 * Measures an engine with random weights of the shipped model's sizes:
 *
 *     node packages/engine/scripts/bench.ts [BUNDLE]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEngine } from '../src/load.ts';
import { measureSpeech, measureSpeed } from '../src/testing/measure.ts';
import { writeRandomBundle } from '../src/testing/random-bundle.ts';

const given = process.argv[2];
const dir = given ?? (await mkdtemp(join(tmpdir(), 'xllm-bench-')));
if (given === undefined) await writeRandomBundle(dir, { size: 'tiny', maxPositions: 512, speech: true });

const from = performance.now();
const engine = await loadEngine(dir);
console.log(`load ${Math.round(performance.now() - from)} ms`);
for (const concurrent of [1, 4]) {
  const { tokensPerSecond, processorMsPerToken, firstTokenMs, eventLoop } = await measureSpeed(
    engine,
    concurrent,
    8,
  );
  console.log(
    [
      `${concurrent} at once: ${Math.round(tokensPerSecond)} tokens/s`,
      `${processorMsPerToken.toFixed(2)} ms of processor a token`,
      `first token after ${firstTokenMs.toFixed(1)} ms`,
      `event loop p99 ${eventLoop.delayP99Ms.toFixed(1)} ms late, ${eventLoop.busyP99Ms.toFixed(1)} ms busy`,
    ].join(', '),
  );
}
if (engine.model.speech) {
  const { seconds, latency, processor, eventLoop } = await measureSpeech(engine, 10, 8);
  console.log(
    [
      `${seconds} s of speech: first token after ${(1000 * latency).toFixed(0)} ms, ${(latency / seconds).toFixed(4)} of its time`,
      `${(processor / seconds).toFixed(4)} of its time in processor time`,
      `event loop p99 ${eventLoop.busyP99Ms.toFixed(1)} ms busy, ${eventLoop.busyMaxMs.toFixed(1)} ms at most`,
    ].join(', '),
  );
}
await engine.close();
if (given === undefined) await rm(dir, { recursive: true });
