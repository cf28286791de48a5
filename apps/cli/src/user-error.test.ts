import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeFailure, UserError } from './user-error.ts';

test('ends with what to do: what was said, what the system’s error asks for, or where to look', () => {
  expect(describeFailure(new UserError('No.', 'Do this.'))).toBe('xllm: No.\nDo this.');
  let thrown: unknown;
  try {
    writeFileSync(import.meta.dirname, '');
  } catch (error) {
    thrown = error;
  }
  expect(describeFailure(thrown)).toMatch(/^xllm: EISDIR.*\nA folder is where a file should be/);
  const full = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
  expect(describeFailure(new Error('checkpoint not written', { cause: full }))).toMatch(
    /not written\nThe disk is full: make room, and type the same command again\.$/,
  );
  expect(describeFailure(new Error('odd'))).toBe('xllm: odd\nSet XLLM_DEBUG=1 to see where it happened.');
});
