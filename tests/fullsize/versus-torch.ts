/** `npm run bench:picture`: one picture through a bundle's encoder, here and in PyTorch, in turns in one run. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openAnyBundle } from '@x-llm/checkpoint';
import { compareStates } from '@x-llm/engine/import';
import { loadPictureEncoder, SharedParts } from '@x-llm/engine/parts';
import { normalise } from '@x-llm/media';
import { Runtime } from '@x-llm/ort';
import { memory, middle } from './measured.ts';

const usage = `Usage: npm run bench:picture -- FLOATS [BUNDLE] [--threads N] [--runs N]

Encodes one picture with the encoder of BUNDLE (FLOATS unless given) and with PyTorch's of the weights of FLOATS in float32, in
turns, and prints both times, their ratio, and how far the states are apart. XLLM_PYTHON names a Python that has torch.

  FLOATS         a bundle whose encoder is not quantised
  BUNDLE         one of the same encoder, as quantised
  --threads N    of both (default: 2)
  --runs N       of each, after one that does not count (default: 5)`;

interface Times {
  readonly wall: number;
  readonly cpu: number;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      threads: { type: 'string', default: '2' },
      runs: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  const [floats, own = floats] = positionals;
  const python = process.env['XLLM_PYTHON'];
  if (values.help || floats === undefined || own === undefined) return console.log(usage);
  if (python === undefined) throw new Error('XLLM_PYTHON has to name a Python that has torch');
  const [threads, runs] = [Number(values.threads), Number(values.runs)];
  if (!(Number.isSafeInteger(threads) && threads > 0 && Number.isSafeInteger(runs) && runs > 0))
    throw new Error('--threads and --runs take a number of 1 or more');

  using bundle = await openAnyBundle(own, { verify: false });
  using theirs = await openAnyBundle(floats, { verify: false });
  const image = theirs.manifest.interfaces.image;
  if (!image) throw new Error(`${floats} has no interface for pictures`);
  const { size, mean, std } = image.preprocessing;
  const rgb = Uint8Array.from({ length: 3 * size * size }, (_, at) => 128 + 127 * Math.sin(at * at));

  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const before = memory();
  const loading = timer();
  using encoder = await loadPictureEncoder({
    bundle,
    runtime,
    session: { provider: 'cpu' },
    parts: new SharedParts(),
  });
  if (!encoder) throw new Error(`${own} has no interface for pictures`);
  const loaded = { ...loading(), resident: memory().resident - before.resident };
  using first = await encoder.look([rgb]);
  const states = Float32Array.from(first.as('float32').data);

  const folder = await mkdtemp(join(tmpdir(), 'x-llm-torch-'));
  try {
    const pixels = normalise(rgb, { size, mean, std });
    await writeFile(join(folder, 'pixels'), new Uint8Array(Float32Array.from(pixels).buffer));
    const weights = theirs.file(image.encoder.weights);
    const child = spawn(
      python,
      [
        join(import.meta.dirname, 'torch/picture_encoder.py'),
        weights,
        JSON.stringify(image.encoder.config),
        String(threads),
        join(folder, 'pixels'),
        join(folder, 'states'),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: String(threads) } },
    );
    child.stdin.on('error', () => {}); // a peer that ended is noticed by its missing answer
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answer = async (): Promise<unknown> => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${python} ended: has it torch?`);
      return JSON.parse(value);
    };
    const { torch } = (await answer()) as { torch: string };
    const reference = new Float32Array((await readFile(join(folder, 'states'))).buffer);
    const [ours, peer]: [Times[], Times[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      child.stdin.write('\n');
      peer.push((await answer()) as Times);
      const time = timer();
      using _ = await encoder.look([rgb]);
      ours.push(time());
    }
    child.stdin.end();
    console.log(
      `load of the encoder: ${loaded.wall.toFixed(1)} s, ${loaded.cpu.toFixed(1)} s of processor time, ${loaded.resident.toFixed(2)} GB`,
    );
    report('this engine', ours);
    report(`PyTorch ${torch}`, peer);
    const ratio = (of: (times: Times) => number) => (middle(ours.map(of)) / middle(peer.map(of))).toFixed(2);
    console.log(
      `ours over PyTorch's: ${ratio(({ wall }) => wall)} of time, ${ratio(({ cpu }) => cpu)} of processor time`,
    );
    console.log(`states: ${apart(states, reference)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Seconds since it was called, of this process's threads together, too. */
function timer(): () => Times {
  const [from, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { wall: (performance.now() - from) / 1000, cpu: (user + system) / 1e6 };
  };
}

function report(side: string, times: readonly Times[]): void {
  const seconds = (of: (one: Times) => number) => {
    const all = times.map(of);
    return `${middle(all).toFixed(2)} s (${Math.min(...all).toFixed(2)} … ${Math.max(...all).toFixed(2)})`;
  };
  const [wall, cpu] = [seconds((one) => one.wall), seconds((one) => one.cpu)];
  console.log(`${side.padEnd(16)} ${wall}, of processor time ${cpu}`);
}

function apart(states: Float32Array, exact: Float32Array): string {
  const { relative, cosine } = compareStates(states, exact);
  return `relative error ${relative.toExponential(2)}, cosine ${cosine.toFixed(6)}`;
}

await main().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 1;
});
