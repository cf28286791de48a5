import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchmarkNames } from './benchmarks/index.ts';
import { torchVersion } from './peer.ts';
import { markdown } from './report.ts';
import { summarise } from './statistics.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, XLLM_BUNDLE: join(folder, 'nowhere') };
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'run.ts'), ...args],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

test('the median of an even number of runs lies between the middle two', () => {
  expect(summarise('ms', [4, 1, 3, 10])).toEqual({ unit: 'ms', median: 3.5, min: 1, max: 10, runs: 4 });
  expect(() => summarise('ms', [])).toThrow('nothing was measured');
});

test('a table says what was measured, how often, and the ratio', () => {
  const outcome = {
    settings: { threads: 1 },
    measurements: { ours: summarise('ms', [20, 10, 30]) },
    ratios: { peerOverOurs: 1.234 },
  };
  expect(markdown('step', outcome).split('\n')).toEqual([
    '### step',
    '',
    'threads 1',
    '',
    '|  | median | min … max | runs |',
    '| --- | --- | --- | --- |',
    '| ours | 20 ms | 10 … 30 | 3 |',
    '| **peerOverOurs** | **1.23** |  |  |',
    '',
  ]);
});

test('a Python without torch, or none, is no peer', () => {
  expect(torchVersion(join(folder, 'no-python'))).toBeUndefined();
});

test('writes every outcome as JSON, also that one was skipped and why', async () => {
  const file = join(folder, 'out.json');
  const { code, stdout } = await run(
    '--runs',
    '1',
    '--only',
    'engine',
    '--only',
    'graph-build',
    '--json',
    file,
  );
  expect(code).toBe(0);
  expect(stdout).toContain('skipped: there is no bundle at');
  const { format, machine, benchmarks } = JSON.parse(readFileSync(file, 'utf8'));
  expect(format).toBe(1);
  expect(machine).toMatchObject({ node: process.version, onnxruntime: expect.stringMatching(/^\d+\.\d+/) });
  expect(Object.keys(benchmarks)).toEqual(['engine', 'graph-build']);
  expect(benchmarks['graph-build'].measurements['chatglm6b.build']).toMatchObject({
    unit: 'ms',
    runs: 1,
  });
});

test('--help names every benchmark; wrong arguments are refused with it', async () => {
  const help = await run('--help');
  expect(help.code).toBe(0);
  for (const name of benchmarkNames) expect(help.stdout).toContain(`  ${name} `);
  const wrong = await run('--only', 'speed');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('there is no benchmark "speed"');
  expect((await run('--runs', '0')).stderr).toContain('--runs must be an integer of 1 or more, got "0"');
});
