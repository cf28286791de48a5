import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors } from '@x-llm/checkpoint';
import { importCheckpoint } from '@x-llm/engine/import';
import { writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, expect, test, vi } from 'vitest';
import { runInspect } from './inspect.ts';
import { describeFailure } from './user-error.ts';

const golden = join(import.meta.dirname, '../../../tests/parity/golden');
const root = mkdtempSync(join(tmpdir(), 'x-llm-inspect-'));
afterAll(() => rmSync(root, { recursive: true }));

async function said(folder: string, flags = { verify: false, json: false }): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    await runInspect(folder, flags);
  } catch (error) {
    lines.push(describeFailure(error));
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

test('names the parts of a bundle, what it takes, and what it needs', async () => {
  const folder = join(root, 'random');
  await writeRandomBundle(folder, { video: true, speech: true });
  const text = await said(folder, { verify: true, json: false });
  expect(text).toMatch(
    /^random-model, in .*random\nRandom weights\.\nLicence: MIT\nTakes text, image, video, speech;/,
  );
  expect(text).toMatch(/^language model {2}chatglm {8}llm\.safetensors$/m);
  expect(text).toMatch(/^speech encoder {2}conformer-cif {2}speech\.safetensors$/m);
  // 16-bit numbers on disk take twice as much when they are computed with; a quarter are words’ embeddings, which are not.
  const [, disk, cpu] = /^in all .* ([\d.]+) MB +([\d.]+) MB$/m.exec(text) ?? [];
  expect(Number(cpu) / Number(disk)).toBeCloseTo(1.75, 1);
  expect(text).toMatch(/Every file has the SHA-256 that the manifest lists\.$/);
});

test('names the parts of an imported model that sees', async () => {
  const from = mkdtempSync(join(root, 'visualglm-'));
  cpSync(join(golden, 'visualglm-6b'), from, { recursive: true });
  cpSync(join(golden, 'tokenizer/ice_text.model'), join(from, 'ice_text.model'));
  const to = join(root, 'visualglm');
  await importCheckpoint({ from, to, name: 'seeing', quantize: { bits: 8, blockSize: 16 } });
  const text = await said(to, { verify: true, json: false });
  expect(text).toContain('Takes text, image; tokenizer chatglm-6b, chat format visualglm-6b.\n');
  expect(text).toContain('Licence: The VisualGLM-6B License, ');
  expect(text).toMatch(
    /^language model {2}chatglm {7}llm\.safetensors\nimage encoder {3}eva-vit {7}image\.safetensors\nimage x2l {7}q-former {6}image\.safetensors\nimage adapter {3}linear {8}image\.safetensors$/m,
  );
  // What learns of the interface is not quantised.
  const { weights } = JSON.parse(await said(to, { verify: false, json: true }));
  expect(weights.map(({ file }: { file: string }) => file)).toEqual(['llm.safetensors', 'image.safetensors']);
  expect(Object.keys(weights[0].types)).toContain('int8');
  expect(Object.keys(weights[1].types).sort()).toEqual(['float16', 'int8']);
});

test('counts the numbers of quantised matrices, and takes them for what they are on disk', async () => {
  const from = mkdtempSync(join(root, 'chatglm3-'));
  for (const file of ['config.json', 'model.safetensors'])
    cpSync(join(golden, 'chatglm3-6b', file), join(from, file));
  cpSync(join(golden, 'tokenizer/tokenizer.model'), join(from, 'tokenizer.model'));
  const read = async (to: string, quantize?: { bits: 4; blockSize: 16 }) => {
    await importCheckpoint({ from, to, family: 'chatglm3-6b', quantize });
    return JSON.parse(await said(to, { verify: false, json: true })).weights[0];
  };
  const plain = await read(join(root, 'plain'));
  const int4 = await read(join(root, 'int4'), { bits: 4, blockSize: 16 });
  // Rows of 88 are six blocks of 16: three matrices of 48 rows have 8 more.
  expect(int4.parameters).toBe(plain.parameters + 3 * 48 * 8);
  expect(plain.types).toEqual({ float16: plain.parameters });
  using llm = await openSafetensors(join(root, 'plain', 'llm.safetensors'));
  const [words = 0, width = 0] = llm.info('transformer.embedding.word_embeddings.weight').shape;
  const table = words * width;
  expect(plain.cpuBytes).toBe(4 * (plain.parameters - table) + 2 * table);
  expect(Object.keys(int4.types).sort()).toEqual(['float16', 'int4', 'int8']);
  const { int4: four, int8: eight, float16: rest } = int4.types;
  expect(four + eight + rest).toBe(int4.parameters);
  // A float32 scale for 16 numbers: 2 bits each.
  expect(int4.cpuBytes).toBe((four * 6) / 8 + (eight * 10) / 8 + 4 * (rest - table) + 2 * table);
});

test('takes the folder of a run, and says that one has not ended', async () => {
  const run = join(root, 'run');
  await writeRandomBundle(join(run, 'bundle'));
  writeFileSync(join(run, 'run.json'), '{}');
  expect(await said(run)).toMatch(/random-model/);
  rmSync(join(run, 'bundle'), { recursive: true });
  expect(await said(run)).toMatch(/run holds a run that has not ended.*\nLet it go on: xllm train/);
});

test('says what is wrong with a bundle, and what to do', async () => {
  expect(await said(join(root, 'nothing'))).toMatch(/There is no model in .*\nName the folder of a bundle/);
  const folder = join(root, 'damaged');
  await writeRandomBundle(folder);
  const path = join(folder, 'llm.safetensors');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
  expect(await said(folder)).toMatch(/^random-model/); // not hashed
  expect(await said(folder, { verify: true, json: false })).toMatch(/has SHA-256 .*\nGet the bundle again/);
  writeFileSync(path, bytes.subarray(0, 100));
  expect(await said(folder)).toMatch(/has 100 bytes, the manifest says .*\nGet the bundle again/);
});
