import { expect, it } from 'vitest';
import { errorTable, Problem } from './index.ts';
import { expectBody, expectContract } from './testing.ts';

it.each(Object.keys(errorTable) as (keyof typeof errorTable)[])('%s keeps the contract', async (code) => {
  const problem = new Problem(code, { param: 'messages' });
  const response = problem.toResponse('req_1');
  expect(response.status).toBe(errorTable[code].status);
  expect(await expectContract('createChatCompletion', response)).toEqual({
    json: {
      error: { message: errorTable[code].message, type: errorTable[code].type, param: 'messages', code },
    },
  });
});

it('always has all four keys', () => {
  expect(JSON.stringify(new Problem('not_found', { message: 'no' }))).toBe(
    '{"error":{"message":"no","type":"invalid_request_error","param":null,"code":"not_found"}}',
  );
});

it('keeps internals out of what is sent and for the log', () => {
  const cause = new Error('ENOENT /secret/path');
  const problem = Problem.from(cause);
  expect(problem.cause).toBe(cause);
  expect(JSON.stringify(problem)).not.toContain('secret');
  expect(Problem.from(problem)).toBe(problem);
});

it('sends retry-after in whole seconds, rounded up', () => {
  expect(new Problem('overloaded', { retryAfterSeconds: 1.2 }).headers()).toMatchObject({
    'retry-after': '2',
  });
  expect(new Problem('overloaded').headers()).toMatchObject({ 'retry-after': '1' });
  expect(new Problem('invalid_value').headers()).not.toHaveProperty('retry-after');
});

it('the test helper notices a breach', async () => {
  expect(() => expectBody('listModels', 200, 'application/json', { object: 'list' })).toThrow(/data/);
  expect(() => expectBody('listModels', 200, 'text/html', '')).toThrow(/no 200 text\/html/);
  await expect(expectContract('getHealth', Response.json({ status: 'ok' }))).rejects.toThrow(/x-request-id/);
});
