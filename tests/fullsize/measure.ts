/**
 * What a bundle needs and how fast it is, on this machine: time to load, memory, prefill and decode.
 *
 *     node tests/fullsize/measure.ts BUNDLE [THREADS] [--json]
 */
import { loadEngine } from '@x-llm/engine';
import { decodeTokens, type Measured, memory, promptTokens, report } from './measured.ts';

const [bundle, threads = '2'] = process.argv.slice(2);
if (bundle === undefined) {
  console.error('Usage: node tests/fullsize/measure.ts BUNDLE [THREADS] [--json]');
  process.exit(2);
}

const [started, before] = [performance.now(), process.cpuUsage()];
const engine = await loadEngine(bundle, {
  threads: Number(threads),
  verify: false,
  maxConcurrent: 1,
  contextLength: 512,
});
const loadSeconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const loaded = memory();

/** An answer of so many tokens to a prompt of about so many words. */
async function answer(
  words: number,
  maxTokens: number,
  images: readonly { rgb: Uint8Array; size: number }[] = [],
): Promise<{ seconds: number; prompt: number; written: number }> {
  const text = Array.from({ length: words }, (_, at) => `word${at % 7}`).join(' ');
  const messages = [{ role: 'user' as const, text, images: [...images], videos: [], speech: [] }];
  const asked = performance.now();
  for await (const event of engine.generate({ messages, temperature: 0, maxTokens })) {
    if (event.type !== 'end') continue;
    const { promptTokens: prompt, completionTokens: written } = event.usage;
    return { seconds: (performance.now() - asked) / 1000, prompt, written };
  }
  throw new Error('the answer had no end');
}

/** The same question about a new picture and about it again, when its embeddings are kept. */
async function encoding(size: number): Promise<number> {
  const seconds = async (shade: number, times: number): Promise<number[]> => {
    const image = { rgb: new Uint8Array(3 * size * size).fill(shade), size };
    const all: number[] = [];
    for (let time = 0; time < times; time++) all.push((await answer(1, 1, [image])).seconds);
    return all;
  };
  await seconds(1, 1);
  const [fresh = 0, kept = 0] = await seconds(2, 2);
  return fresh - kept;
}

/** As many words as give about as many tokens as the other side reads. */
async function wordsFor(tokens: number): Promise<number> {
  const few = await answer(1, 1);
  const more = await answer(9, 1);
  return Math.max(1, Math.round((tokens - few.prompt) / ((more.prompt - few.prompt) / 8)) + 1);
}

const words = await wordsFor(promptTokens);
const first = await answer(words, 1);
const whole = await answer(words, 1 + decodeTokens);
const measured: Measured = {
  loadSeconds,
  loadProcessorSeconds: (user + system) / 1e6,
  residentGigabytes: loaded.resident,
  anonymousGigabytes: loaded.anonymous,
  promptTokens: first.prompt,
  prefillPerSecond: first.prompt / first.seconds,
  decodePerSecond: (whole.written - first.written) / (whole.seconds - first.seconds),
  ...(engine.model.imageSize > 0 && { pictureSeconds: await encoding(engine.model.imageSize) }),
};
report(measured);
await engine.close();
