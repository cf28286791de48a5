import { expect, test } from 'vitest';
import { usefulThreads } from './threads.ts';

test('a hundred thousand threads are as many as there are cores, and somebody is told', () => {
  const notes: string[] = [];
  const threads = (wanted: number) => usefulThreads(wanted, (message) => notes.push(message), 4);
  expect([threads(1), threads(4)]).toEqual([1, 4]);
  expect(notes).toEqual([]);
  expect(threads(100_000)).toBe(4);
  expect(notes).toEqual(['100000 threads are wanted, and this machine runs 4 at a time: 4 are used']);
});
