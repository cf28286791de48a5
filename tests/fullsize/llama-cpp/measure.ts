/**
 * The same measurements of a GGUF file in llama.cpp.
 *
 *     node tests/fullsize/llama-cpp/measure.ts FILE THREADS [--json]
 */
import { resolve } from 'node:path';
import { decodeTokens, memory, promptTokens, report } from '../measured.ts';

/** As much of node-llama-cpp as is used: it is installed for this measurement only. */
interface LlamaCpp {
  getLlama(options: {
    gpu: false;
    build: 'never';
    maxThreads: number;
    logLevel: 'error';
  }): Promise<{ loadModel(options: { modelPath: string; gpuLayers: 0 }): Promise<Model> }>;
}
interface Model {
  createContext(options: { contextSize: number; threads: number; batchSize: number }): Promise<{
    getSequence(): Sequence;
  }>;
}
interface Sequence {
  evaluateWithoutGeneratingNewTokens(tokens: number[]): Promise<void>;
  evaluate(tokens: number[], options: { temperature: 0 }): AsyncIterable<number>;
}

const [file = '', threads = '2'] = process.argv.slice(2);
const peer = 'node-llama-cpp';
const { getLlama } = (await import(peer)) as LlamaCpp;
const started = performance.now();
const maxThreads = Number(threads);
const llama = await getLlama({ gpu: false, build: 'never', maxThreads, logLevel: 'error' });
const model = await llama.loadModel({ modelPath: resolve(file), gpuLayers: 0 });
const context = await model.createContext({ contextSize: 1024, threads: maxThreads, batchSize: 512 });
const sequence = context.getSequence();
await sequence.evaluateWithoutGeneratingNewTokens([300]); // reads the weights, as the engine's warm-up does
const loadSeconds = (performance.now() - started) / 1000;
const { resident, anonymous } = memory();

/** Ordinary tokens, no control ones. */
const prompt = Array.from({ length: promptTokens }, (_, at) => 400 + (at % 7));
const asked = performance.now();
let first = 0;
let written = 0;
for await (const _ of sequence.evaluate(prompt, { temperature: 0 })) {
  first ||= performance.now() - asked;
  if (++written > decodeTokens) break;
}
const rest = performance.now() - asked - first;
report({
  loadSeconds,
  residentGigabytes: resident,
  anonymousGigabytes: anonymous,
  promptTokens,
  prefillPerSecond: (promptTokens / first) * 1000,
  decodePerSecond: ((written - 1) / rest) * 1000,
});
process.exit(0);
