/** `npm run bench:llama`: this engine and llama.cpp in turns, on random numbers of one model's sizes. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeGguf } from './make-gguf.ts';
import { type Measured, middle, rows } from './measured.ts';
import { glmOf, models } from './models.ts';

const usage = `Usage: npm run bench:llama -- [--model NAME] [--dir DIR] [--threads N] [--runs N]

Writes random numbers of a model's sizes as a bundle (int4 in blocks of 128, scores in int8) and as GGUF (Q4_0, scores in
Q6_K), then loads each in a process of its own, in turns: time to load, memory, tokens a second.

  --model NAME   ${Object.keys(models).join(' or ')} (default: chatglm3-6b, 7.5 GB of files)
  --dir DIR      where the files are kept (default: .xllm/bench-llama)
  --threads N    default: all cores
  --runs N       of each (default: 3)

llama.cpp comes as node-llama-cpp, fetched from the npm registry with the first run; nothing else needs it. Linux on x64 only.
Nothing else should run on the machine meanwhile.`;

interface Options {
  readonly model: keyof typeof models;
  readonly dir: string;
  readonly threads: number;
  readonly runs: number;
}

function parse(): Options | undefined {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'chatglm3-6b' },
      dir: { type: 'string', default: join('.xllm', 'bench-llama') },
      threads: { type: 'string', default: String(availableParallelism()) },
      runs: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const model = (Object.keys(models) as (keyof typeof models)[]).find((name) => name === values.model);
  if (!model) throw new Error(`there is no model "${values.model}": ${Object.keys(models).join(', ')}`);
  const [threads = 0, runs = 0] = [values.threads, values.runs].map(Number);
  if (!(Number.isSafeInteger(threads) && threads > 0 && Number.isSafeInteger(runs) && runs > 0))
    throw new Error('--threads and --runs take a number of 1 or more');
  return { model, dir: values.dir, threads, runs };
}

/** Runs a script of this folder; what it prints, parsed. */
function measured(script: string, ...args: string[]): Promise<Measured> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1) ?? '') as Measured);
      else reject(new Error(`${script} ended with ${code}`));
    });
  });
}

/** Fetches llama.cpp, without the scripts of packages and what is for other machines. */
function installPeer(): void {
  const folder = join(import.meta.dirname, 'llama-cpp');
  if (existsSync(join(folder, 'node_modules/node-llama-cpp'))) return;
  execFileSync(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'],
    {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
}

async function main(): Promise<void> {
  const options = parse();
  if (!options) return console.log(usage);
  const { model, dir, threads, runs } = options;
  installPeer();
  await mkdir(dir, { recursive: true });
  const [bundle, gguf] = [join(dir, model), join(dir, `${model}.gguf`)];
  if (!existsSync(join(bundle, 'xllm.json')))
    execFileSync(process.execPath, [join(import.meta.dirname, 'make-bundle.ts'), model, bundle], {
      stdio: 'inherit',
    });
  if (!existsSync(gguf)) await makeGguf(gguf, glmOf(models[model].config));

  const sides = [
    { name: 'X-LLM', measure: () => measured('measure.ts', bundle, String(threads)), all: [] as Measured[] },
    {
      name: 'llama.cpp',
      measure: () => measured('llama-cpp/measure.ts', gguf, String(threads)),
      all: [] as Measured[],
    },
  ];
  for (let run = 0; run < runs; run++) {
    for (const side of sides) {
      const one = await side.measure();
      side.all.push(one);
      console.error(`${side.name}: ${rows.map(([, value]) => value(one)).join(', ')}`);
    }
  }
  const of = (value: (one: Measured) => number): [number, number] => {
    const [ours = Number.NaN, theirs = Number.NaN] = sides.map(({ all }) => middle(all.map(value)));
    return [ours, theirs];
  };
  const line = (what: string, [ours, theirs]: [number, number], ratio: number): string =>
    `| ${what} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${ratio.toFixed(2)} |`;
  const faster = ([ours, theirs]: [number, number]): number => ours / theirs;
  const less = ([ours, theirs]: [number, number]): number => theirs / ours;
  const load = of(({ loadSeconds }) => loadSeconds);
  const resident = of(({ residentGigabytes }) => residentGigabytes);
  const prefill = of(({ prefillPerSecond }) => prefillPerSecond);
  const decode = of(({ decodePerSecond }) => decodePerSecond);
  console.log(
    [
      `${model}, ${threads} threads, medians of ${runs} runs in turns; above 1: this project is better`,
      '',
      '| | X-LLM | llama.cpp | ratio |',
      '| --- | --- | --- | --- |',
      line('load with first token, s', load, less(load)),
      line('resident memory, GB', resident, less(resident)),
      line('prompt, tokens/s', prefill, faster(prefill)),
      line('answer, tokens/s', decode, faster(decode)),
    ].join('\n'),
  );
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
