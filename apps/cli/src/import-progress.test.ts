import { expect, test } from 'vitest';
import { importProgress } from './import-progress.ts';
import { createProgressLines } from './progress.ts';

test('each piece of work has a line of its own, with counts of its own', () => {
  const written: string[] = [];
  const out = { isTTY: true, columns: 80, write: (text: string) => written.push(text) > 0 };
  const { onProgress, onMeasured, onCompared, end } = importProgress(out);
  onProgress(2e9, 2e9);
  onMeasured(3, 56);
  onCompared(39, 39);
  end();
  const wipe = '\r\u001b[K';
  expect(written.map((line) => line.slice(wipe.length))).toEqual([
    expect.stringContaining('2.00 GB of 2.00 GB'),
    '',
    expect.stringContaining('3 of 56'),
    '',
    expect.stringContaining('39 of 39'),
    '',
  ]);
});

test('nothing that was not told of is wiped', () => {
  const written: string[] = [];
  importProgress({ isTTY: true, columns: 80, write: (text) => written.push(text) > 0 }).end();
  expect(written).toEqual([]);
});

test('work whose count falls has begun anew, and what it had done when it began is no measure of the rest', () => {
  const written: string[] = [];
  const out = { isTTY: false, columns: 80, write: (text: string) => written.push(text) > 0 };
  const lines = createProgressLines(out, (_, done) => ({ from: done }));
  lines.update('questions', 10, 10, 'pictures');
  lines.update('questions', 5, 10, 'clips');
  lines.update('answers', 6, 10);
  expect(written).toEqual(['10 of 10: pictures\n', '5 of 10: clips\n', '6 of 10: answers\n']);
});
