/** Runs one step of the recipe: `node packages/tiny/src/recipe/run.ts STEP [name=value …]`. Interrupting keeps a checkpoint. */
import { assembleBundle } from './bundle.ts';
import { trainEncoder } from './encoder.ts';
import { cacheFeatures } from './features.ts';
import { trainLlm } from './llm.ts';
import { trainStage1 } from './stage1.ts';
import { trainStage2 } from './stage2.ts';
import { trainTokenizer } from './tokenizer.ts';

const [name, ...pairs] = process.argv.slice(2);
const settings = new Map(pairs.map((pair) => pair.split('=') as [string, string]));
const number = (key: string, otherwise: number): number => Number(settings.get(key) ?? otherwise);

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const steps: Record<string, () => Promise<void>> = {
  encoder: () =>
    trainEncoder({
      steps: number('steps', 8000),
      batch: number('batch', 64),
      rate: number('rate', 1e-3),
      threads: number('threads', 2),
      signal: stop.signal,
    }),
  tokenizer: () => trainTokenizer((message) => process.stderr.write(`${message}\n`)),
  llm: () =>
    trainLlm({
      steps: number('steps', 4000),
      batch: number('batch', 64),
      rate: number('rate', 2e-3),
      threads: number('threads', 1),
      signal: stop.signal,
    }),
  features: () =>
    cacheFeatures({ threads: number('threads', 2), note: (message) => process.stderr.write(`${message}\n`) }),
  stage1: () =>
    trainStage1({
      steps: number('steps', 500),
      batch: number('batch', 64),
      rate: number('rate', 1e-3),
      threads: number('threads', 2),
      signal: stop.signal,
    }),
  stage2: () =>
    trainStage2({
      steps: number('steps', 4000),
      batch: number('batch', 64),
      rate: number('rate', 1e-3),
      threads: number('threads', 2),
      stage1: settings.get('stage1') !== 'no',
      signal: stop.signal,
    }),
  bundle: () => assembleBundle((message) => process.stderr.write(`${message}\n`)),
};

const step = steps[name ?? ''];
if (step) await step();
else {
  process.stderr.write(`unknown step "${name ?? ''}"; there are ${Object.keys(steps).join(', ')}\n`);
  process.exitCode = 2;
}
