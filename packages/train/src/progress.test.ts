import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from './progress.ts';
import { temporaryDirectory } from './testing.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const report = (loss: number) => ({ loss, items: 10, metrics: { rate: 0.00125 } });

test('a line says where the run is, the mean loss, the speed and how long it will take', () => {
  using folder = temporaryDirectory();
  const lines: string[] = [];
  const progress = createProgress({
    directory: folder.path,
    unit: 'tokens',
    every: 2,
    write: (line) => lines.push(line),
  });
  progress.start(0, 4000);
  for (const [index, loss] of [4, 3, 2].entries()) {
    vi.advanceTimersByTime(1000);
    progress.step(index + 1, report(loss));
  }
  expect(lines).toEqual(['4000 steps', '2/4000  loss 3.5000  rate 0.00125  10 tokens/s  left 1:06:38']);
  progress.evaluated(3, { accuracy: 0.5 });
  progress.finish(3);
  expect(lines.slice(2)).toEqual([
    '3/4000  evaluation  accuracy 0.5000',
    'stopped at step 3 of 4000; run again to resume',
  ]);
  expect(readFileSync(join(folder.path, 'log.csv'), 'utf8').trim().split('\n')).toEqual([
    'step,time_ms,name,value',
    '2,3000,loss,3.5',
    '2,3000,tokens_per_second,10',
    '2,3000,rate,0.00125',
    '3,4000,evaluation/accuracy,0.5',
  ]);
});

test('the last step is always shown', () => {
  using folder = temporaryDirectory();
  const lines: string[] = [];
  const progress = createProgress({
    directory: folder.path,
    unit: 'tokens',
    write: (line) => lines.push(line),
  });
  progress.start(0, 1);
  vi.advanceTimersByTime(500);
  progress.step(1, report(1));
  progress.finish(1);
  expect(lines.slice(1)).toEqual(['1/1  loss 1.0000  rate 0.00125  20 tokens/s  left 0:00', 'done: 1 steps']);
});

test('a resumed run drops the rows that it will write again', () => {
  using folder = temporaryDirectory();
  const file = join(folder.path, 'log.csv');
  writeFileSync(file, 'step,time_ms,name,value\n20,1,loss,3\n40,2,loss,2\n60,3,loss,1\n');
  const lines: string[] = [];
  createProgress({ directory: folder.path, unit: 'tokens', write: (line) => lines.push(line) }).start(
    40,
    100,
  );
  expect(lines).toEqual(['resuming at step 40 of 100']);
  expect(readFileSync(file, 'utf8')).toBe('step,time_ms,name,value\n20,1,loss,3\n40,2,loss,2\n');
});

test('half a row, of a disk that was full, is dropped too', () => {
  using folder = temporaryDirectory();
  const file = join(folder.path, 'log.csv');
  writeFileSync(file, 'step,time_ms,name,value\n20,1,loss,3\n40,2,lo\n4\n40,2,loss,\n');
  createProgress({ directory: folder.path, unit: 'tokens', write: () => {} }).start(40, 100);
  expect(readFileSync(file, 'utf8')).toBe('step,time_ms,name,value\n20,1,loss,3\n');
});

test('what an evaluation took is no part of the speed or of the time that is left', () => {
  using folder = temporaryDirectory();
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const progress = createProgress({ directory: folder.path, unit: 'tokens', every: 4, write });
  progress.start(0, 100);
  for (let step = 1; step <= 4; step++) {
    vi.advanceTimersByTime(1000);
    progress.step(step, report(1));
    if (step !== 2) continue;
    vi.advanceTimersByTime(50_000);
    progress.evaluated(step, { loss: 1 });
  }
  expect(lines.at(-1)).toBe('4/100  loss 1.0000  rate 0.00125  10 tokens/s  left 1:36');
});
