import { readFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { documentPath, generate } from '../scripts/outputs.ts';

it('regenerating changes nothing', async () => {
  for (const [name, text] of Object.entries(await generate())) {
    const committed = await readFile(new URL(`./generated/${name}`, import.meta.url), 'utf8');
    expect(committed === text, `${name} is stale: npm run generate -w @x-llm/contract`).toBe(true);
  }
}, 30_000);

it('the document is valid OpenAPI 3.1', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'operation-4xx-response': 'off' } });
  const problems = await lint({ ref: documentPath, config });
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
  ).toEqual([]);
}, 30_000);
