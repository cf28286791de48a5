import { ignoredLabel } from '@x-llm/models';
import { expect, test } from 'vitest';
import { exampleLength, packTextBatch } from './text-batch.ts';

const tokens = { pad: 3, mask: 130, gmask: 131, sop: 134, eop: 135 };
const examples = [
  { question: [10, 11, 12], answer: [20] },
  { question: [10], answer: [20, 21] },
];

test('question [gMASK] <sop> answer <eop>: ids, positions, contexts and what is taught', () => {
  const batch = packTextBatch(examples, { batch: 2, length: 8, targets: 7 }, tokens);
  const list = (name: string) => Array.from(batch[name]?.data ?? [], Number);
  expect(batch['ids']?.shape).toEqual([2, 8]);
  expect(list('ids')).toEqual([10, 11, 12, 131, 134, 20, 135, 3, 10, 131, 134, 20, 21, 135, 3, 3]);
  expect(list('contexts')).toEqual([4, 2]);
  expect(batch['positions']?.shape).toEqual([2, 2, 8]);
  expect(list('positions')).toEqual([
    ...[0, 1, 2, 3, 3, 3, 3, 3],
    ...[0, 0, 0, 0, 1, 2, 3, 4],
    ...[0, 1, 1, 1, 1, 1, 1, 1],
    ...[0, 0, 1, 2, 3, 4, 5, 6],
  ]);
  // The row before a token predicts it.
  expect(list('rows')).toEqual([3, 4, 5, 9, 10, 11, 12]);
  expect(list('labels')).toEqual([134, 20, 135, 134, 20, 21, 135]);
});

test('labels are filled up with the ignored one', () => {
  const batch = packTextBatch(examples, { batch: 2, length: 8, targets: 9 }, tokens);
  expect(Array.from(batch['labels']?.data ?? [], Number).slice(6)).toEqual([135, ignoredLabel, ignoredLabel]);
  expect(() => packTextBatch(examples, { batch: 2, length: 8, targets: 3 }, tokens)).toThrow(
    '7 labels do not fit 3 rows',
  );
});

test('pieces in front shift everything but stay out of the ids', () => {
  const pieces = [{ open: [50], count: 4, close: [51] }];
  const batch = packTextBatch(examples, { batch: 2, length: 13, targets: 7 }, tokens, pieces);
  expect(batch['ids']?.shape).toEqual([2, 7]);
  expect(Array.from(batch['contexts']?.data ?? [], Number)).toEqual([10, 8]);
  expect(Array.from(batch['rows']?.data ?? [], Number)).toEqual([9, 10, 11, 20, 21, 22, 23]);
  expect(Array.from(batch['positions']?.data ?? [], Number).slice(0, 13)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9,
  ]);
});

test('an example that does not fit is refused, not cut', () => {
  expect(exampleLength({ question: [10, 11, 12], answer: [20] })).toBe(7);
  expect(() => packTextBatch(examples, { batch: 2, length: 6, targets: 6 }, tokens)).toThrow(
    'an example of 7 tokens for rows of 6',
  );
  expect(() => packTextBatch(examples, { batch: 3, length: 8, targets: 6 }, tokens)).toThrow(
    '2 examples for a batch of 3',
  );
});
