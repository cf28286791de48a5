import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'x-llm-train-'));
const examples = join(import.meta.dirname, '../../playground/examples');
/** Many, for a signal takes its time on a busy machine. */
const steps = 200;

interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** `watch` may kill the process by what it has said. */
function xllm(args: string[], watch?: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { cwd: folder });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    watch?.(stderr, (signal) => child.kill(signal));
  });
  return new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

function configOf(output: string, change: Readonly<Record<string, unknown>> = {}): string {
  const file = join(folder, `${output}.json`);
  const config = {
    bundle: 'base',
    modality: 'image',
    data: ['pictures.jsonl'],
    output,
    steps,
    batch: 2,
    accumulate: 1,
    threads: 1,
    logEvery: 1,
    checkpointEvery: 20,
    cache: 'cache',
  };
  writeFileSync(file, JSON.stringify({ ...config, ...change }));
  return file;
}

/** All of `log.csv` but the times and the speed. */
const logOf = (output: string): string[] =>
  readFileSync(join(folder, output, 'log.csv'), 'utf8')
    .trim()
    .split('\n')
    .filter((row) => !row.includes('_per_second'))
    .map((row) => row.replace(/^(\d+),\d+,/, '$1,'));

const weightsOf = (output: string): unknown =>
  JSON.parse(readFileSync(join(folder, output, 'bundle/xllm.json'), 'utf8')).files;

const checkpointsOf = (output: string): string[] =>
  readdirSync(join(folder, output))
    .filter((name) => /^checkpoint-\d+\.safetensors$/.test(name))
    .sort();

beforeAll(async () => {
  await writeRandomBundle(join(folder, 'base'));
  const line = (name: string) => ({
    image: join(examples, `${name}.png`),
    messages: [
      { role: 'user', content: 'what is this?' },
      { role: 'assistant', content: `a ${name}.` },
    ],
  });
  const lines = ['apple', 'panda'].map((name) => JSON.stringify(line(name)));
  writeFileSync(join(folder, 'pictures.jsonl'), lines.join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a run on data of one’s own', () => {
  test('killed in the middle goes on with the same bits, and so does one with a damaged checkpoint', async () => {
    const whole = await xllm(['train', 'stage2', '--config', configOf('whole')]);
    expect(whole.code, whole.stderr).toBe(0);
    expect(whole.stderr).toContain('answer with it by `xllm chat --bundle');

    const killed = await xllm(['train', 'stage2', '--config', configOf('killed')], (stderr, kill) => {
      if (stderr.includes(`\n50/${steps} `)) kill('SIGKILL');
    });
    expect(killed.signal).toBe('SIGKILL');
    const before = checkpointsOf('killed');
    expect(before.length).toBeGreaterThan(0);
    const resumed = await xllm(['train', 'stage2', '--config', configOf('killed'), '--resume']);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stderr).toMatch(/resuming at step [1-9]\d* of 200/);
    expect(logOf('killed')).toEqual(logOf('whole'));
    expect(weightsOf('killed')).toEqual(weightsOf('whole'));

    const [older = '', newest = ''] = checkpointsOf('killed');
    const path = join(folder, 'killed', newest);
    const bytes = readFileSync(path);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 0x40;
    writeFileSync(path, bytes);
    const repaired = await xllm(['train', 'stage2', '--config', configOf('killed')]);
    expect(repaired.code, repaired.stderr).toBe(0);
    expect(repaired.stderr).toContain(`${newest} cannot be used (its contents do not match its digest)`);
    expect(repaired.stderr).toContain(`resuming at step ${Number(/\d+/.exec(older)?.[0])} of ${steps}`);
    expect(logOf('killed')).toEqual(logOf('whole'));
    expect(weightsOf('killed')).toEqual(weightsOf('whole'));

    const other = await xllm(['train', 'stage2', '--config', configOf('killed', { seed: 43 })]);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('is of another run: seed was 42, is 43.');
  }, 240_000);

  test('while it runs a second one into its folder is refused; Ctrl-C leaves a checkpoint where it stood', async () => {
    const command = ['train', 'stage2', '--config', configOf('stopped', { steps: 20_000 })];
    let second: Promise<Outcome> | undefined;
    const stopped = await xllm(command, (stderr, kill) => {
      if (!stderr.includes('\n6/20000 ')) return;
      second ??= xllm(command).finally(() => kill('SIGINT'));
    });
    const refused = await second;
    expect(refused?.stderr).toMatch(/Another process \(pid \d+\) is training into .*stopped/);
    expect(refused?.code).toBe(1);
    expect(stopped.code).toBe(130);
    const step = Number(/stopped at step (\d+) of 20000; run again to resume/.exec(stopped.stderr)?.[1]);
    expect(step).toBeGreaterThanOrEqual(6);
    expect(checkpointsOf('stopped').at(-1)).toBe(`checkpoint-${String(step).padStart(7, '0')}.safetensors`);
  }, 120_000);

  test('what a run taught becomes a part of another model', async () => {
    const run = await xllm(['train', 'stage2', '--config', configOf('short', { steps: 2 })]);
    expect(run.stderr).toContain('answer with it by');
    const args = ['compose', '--llm', 'base', '--image', 'short', '--name', 'mine', '--out', 'mine'];
    const { stdout, stderr } = await xllm(args);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^image {2}.*short \(stage2 image, taught on random-model\)$/m);
    expect(stdout).not.toContain('Note:'); // it learnt to speak to this very language model
    const { files } = JSON.parse(readFileSync(join(folder, 'mine', 'xllm.json'), 'utf8'));
    expect(files).toEqual(weightsOf('short'));
  });

  test('a dry run prints a table', async () => {
    const { code, stdout } = await xllm(['train', 'stage2', '--config', configOf('dry'), '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^vl +2 /m);
    expect(stdout).toMatch(/^steps +200$/m);
    expect(readdirSync(folder)).not.toContain('dry');
  }, 60_000);
});

describe('the config', () => {
  test('is printed, and what is printed is taken', async () => {
    const { stdout, code } = await xllm(['train', 'stage2', '--print-config', '--modality', 'video']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ modality: 'video', batch: 2, accumulate: 4 });
    writeFileSync(join(folder, 'printed.json'), stdout);
    const { stderr } = await xllm(['train', 'stage2', '--config', 'printed.json', '--dry-run']);
    expect(stderr).toContain('xllm.json'); // the bundle it names is not here
  }, 60_000);

  test.each([
    [
      ['train', 'stage4', '--config', 'x.json'],
      'There is no stage "stage4".',
      /stages are stage1, stage2, stage3/,
    ],
    [
      ['train', 'stage2', '--config', 'nowhere.json'],
      'nowhere.json cannot be read',
      /--print-config > nowhere.json/,
    ],
    [['train', 'stage2', '--dry-run'], '--resume, --dry-run and --modality need', /Add --config FILE/],
    [
      ['train', 'stage3', '--print-config', '--modality', 'image'],
      'does not train image alone',
      /leave --modality out/,
    ],
    [['train', 'stage2', '--config', 'wrong.json'], 'batchSize', /--print-config/],
    [['data', 'import', '--from', 'llava', 'no.json', 'out.jsonl'], 'no.json cannot be read', /JSON array/],
  ])(
    '%j is refused, and the last line says what to do',
    async (args, message, advice) => {
      configOf('wrong', { batchSize: 4 });
      const { code, stderr } = await xllm(args);
      expect(stderr).toContain(message);
      expect(stderr.trimEnd().split('\n').at(-1)).toMatch(advice);
      expect(code).toBe(1);
    },
    60_000,
  );
});

test('data import writes a data file that can be trained on', async () => {
  const record = {
    image: 'apple.png',
    conversations: [
      { from: 'human', value: '<image>\nWhat is it?' },
      { from: 'gpt', value: 'An apple.' },
    ],
  };
  writeFileSync(join(folder, 'llava.json'), JSON.stringify([record]));
  const args = ['data', 'import', '--from', 'llava', '--media', examples, 'llava.json', 'llava.jsonl'];
  const { stdout, code } = await xllm(args);
  expect(code).toBe(0);
  expect(stdout).toBe('llava.jsonl: 1 written, 0 left out\n');
  const { stdout: table } = await xllm([
    'train',
    'stage2',
    '--config',
    configOf('imported', { data: ['llava.jsonl'], batch: 1 }),
    '--dry-run',
  ]);
  expect(table).toMatch(/^vl +1 /m);
}, 120_000);
