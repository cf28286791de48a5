/**
 * What a bundle needs and how fast it is, on this machine: time to load, memory, prefill and decode.
 *
 *     node tests/fullsize/measure.ts bundles/chatglm3-6b [threads]
 */
import { readFileSync } from 'node:fs';
import { loadEngine } from '@x-llm/engine';

const [bundle, threads = '2'] = process.argv.slice(2);
if (bundle === undefined) {
  console.error('Usage: node tests/fullsize/measure.ts BUNDLE [THREADS]');
  process.exit(2);
}

/** Of this process, in GB: all that is in memory, and what of it is no file's. */
function memory(): { resident: number; anonymous: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1e6;
  return { resident: field('VmRSS'), anonymous: field('RssAnon') };
}

const started = performance.now();
const engine = await loadEngine(bundle, {
  threads: Number(threads),
  verify: false,
  maxConcurrent: 1,
  contextLength: 1024,
});
const loaded = performance.now();
const say = (what: string, value: string) => console.log(`${what.padEnd(28)}${value}`);
say('load (weights not hashed)', `${((loaded - started) / 1000).toFixed(1)} s`);
const { resident, anonymous } = memory();
say('memory', `${resident.toFixed(2)} GB, ${anonymous.toFixed(2)} GB of them anonymous`);

for (const words of [8, 64, 200]) {
  const text = Array.from({ length: words }, (_, at) => `word${at % 7}`).join(' ');
  const messages = [{ role: 'user' as const, text, images: [], videos: [], speech: [] }];
  const asked = performance.now();
  let first = 0;
  for await (const event of engine.generate({ messages, temperature: 0, maxTokens: 33 })) {
    if (event.type === 'text' && first === 0) first = performance.now() - asked;
    if (event.type !== 'end') continue;
    const { promptTokens, completionTokens } = event.usage;
    const rest = performance.now() - asked - first;
    const rate = ((completionTokens - 1) / rest) * 1000;
    say(
      `prompt of ${promptTokens} tokens`,
      `first text after ${first.toFixed(0)} ms, then ${rate.toFixed(1)} tokens/s`,
    );
  }
}
await engine.close();
