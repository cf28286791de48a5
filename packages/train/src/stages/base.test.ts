import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Base } from './base.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xllm-base-'));
  await writeRandomBundle(folder);
});
afterAll(() => rm(folder, { recursive: true }));

async function withTemplate(chatTemplate: string): Promise<Base> {
  const path = join(folder, 'xllm.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), chatTemplate }));
  return Base.open(folder);
}

const question = [{ role: 'user' as const, content: 'what is this?' }];

it('trains with the tags that X-LLM’s prompts have', async () => {
  using base = await withTemplate('x-llm');
  const { media, ids } = base.question(question, ['image', 'speech']);
  const tag = (text: string) => base.tokenizer.encode(text);
  expect(media).toEqual([
    { open: tag('<Image>'), close: tag('</Image>') },
    { open: tag('<Speech>'), close: tag('</Speech>') },
  ]);
  expect(ids).toEqual(tag('问：what is this?\n答：'));
  expect(base.question(question, [])).toEqual({ media: [], ids });
});

it('trains with the tags of the bundle’s own template, as it is served', async () => {
  using base = await withTemplate('visualglm-6b');
  const { media, ids } = base.question(question, ['image']);
  const [around = { open: [], close: [] }] = media;
  expect(around.open).toEqual(base.tokenizer.encode('<img>'));
  expect([...around.close, ...ids]).toEqual(base.tokenizer.encode('</img>问：what is this?\n答：'));
});
