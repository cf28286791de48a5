import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bertFolder, blip2Folder, funAsrFolder, pthFolder, writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, expect, test, vi } from 'vitest';
import { runImport } from './import-checkpoint.ts';
import { describeFailure } from './user-error.ts';

const golden = join(import.meta.dirname, '../../../tests/parity/golden');
const root = mkdtempSync(join(tmpdir(), 'x-llm-import-'));
afterAll(() => rmSync(root, { recursive: true }));
/** What the command line fills in. */
const asItIs = { quantize: 'none', blockSize: '128', force: false } as const;

function checkpoint(): string {
  const folder = mkdtempSync(join(root, 'model-'));
  for (const file of ['config.json', 'model.safetensors'])
    cpSync(join(golden, 'chatglm3-6b', file), join(folder, file));
  cpSync(join(golden, 'tokenizer/tokenizer.model'), join(folder, 'tokenizer.model'));
  return folder;
}

/** What a run printed, or said about its failure. */
async function outcome(run: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    await run();
  } catch (error) {
    lines.push(describeFailure(error));
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

test('says what it wrote, its licence, and how to try it', async () => {
  const out = join(root, 'out');
  const flags = { ...asItIs, out, name: 'small', family: 'chatglm3-6b' } as const;
  const said = await outcome(() => runImport(checkpoint(), flags));
  expect(said).toMatch(
    /out: small \(chatglm3-6b\), 24 tensors, 0\.3 MB in [\d.]+ s\nLicence: .*ChatGLM3-6B License/,
  );
  expect(said).toContain(`Try it: npx xllm chat --bundle ${out} "Hello"`);
  expect(JSON.parse(readFileSync(join(out, 'xllm.json'), 'utf8'))).toMatchObject({ name: 'small' });
});

test('says how far quantised matrices are from what they were', async () => {
  const said = await outcome(() =>
    runImport(checkpoint(), {
      ...asItIs,
      out: join(root, 'int4'),
      family: 'chatglm3-6b',
      quantize: 'int4',
      blockSize: '16',
    }),
  );
  expect(said).toMatch(
    /Quantised: 13 matrices, off by [67]\.\d % on average; most: transformer\.encoder\..* \d\.\d %, /,
  );
});

test('says how well the model foretells a text, before and after', async () => {
  const text = join(root, 'page.txt');
  writeFileSync(text, 'A red fox jumps over the lazy dog.');
  const flags = { ...asItIs, out: join(root, 'told'), family: 'chatglm3-6b', blockSize: '16', text } as const;
  const quantised = await outcome(() => runImport(checkpoint(), { ...flags, quantize: 'int4' }));
  expect(quantised).toMatch(
    /\nPerplexity of 22 tokens: \d{4}\.\d before, \d{4}\.\d after \([+-]\d+\.\d %\)\n/,
  );
  const asItWas = await outcome(() => runImport(checkpoint(), { ...flags, force: true }));
  expect(asItWas).toMatch(/\nPerplexity of 22 tokens: \d{4}\.\d\n/);
});

test('a model that is there stays, unless it is to be replaced and the new one is whole', async () => {
  const out = join(root, 'kept');
  const run = (name: string, flags: object, folder = checkpoint()) =>
    outcome(() => runImport(folder, { ...asItIs, out, name, family: 'chatglm3-6b', ...flags }));
  const manifest = () => JSON.parse(readFileSync(join(out, 'xllm.json'), 'utf8'));
  const neighbours = () => readdirSync(root).filter((name) => name.includes('kept'));
  await run('first', {});
  writeFileSync(join(out, 'note.txt'), 'mine');
  expect(await run('second', {})).toBe(
    `xllm: ${out} is there already.\nChoose another --name or --out, or replace it with --force.`,
  );
  expect(await run('third', { force: true }, join(root, 'nothing'))).toMatch(/config\.json: no such file/);
  expect(manifest().name).toBe('first');
  expect(readdirSync(out)).toEqual(['llm.safetensors', 'note.txt', 'tokenizer.model', 'xllm.json']);
  expect(neighbours()).toEqual(['kept']);

  expect(await run('fourth', { force: true, quantize: 'int4' })).toMatch(`${out}: fourth (chatglm3-6b)`);
  expect(manifest()).toMatchObject({ name: 'fourth', llm: { quantization: { bits: 4, blockSize: 128 } } });
  expect(readdirSync(out)).toEqual(['llm.safetensors', 'tokenizer.model', 'xllm.json']);
  expect(neighbours()).toEqual(['kept']);
});

test('--force replaces models only, and not what is read', async () => {
  const from = checkpoint();
  const run = (out: string, folder = from) =>
    outcome(() => runImport(folder, { ...asItIs, out, family: 'chatglm3-6b', force: true }));
  expect(await run(from)).toBe(
    `xllm: ${from} is there already, and is no model (no xllm.json).\nChoose another --name or --out.`,
  );
  writeFileSync(join(from, 'xllm.json'), '{}');
  expect(await run(from)).toMatch(`${from} is what is read`);
  const inside = join(from, 'inside');
  cpSync(checkpoint(), inside, { recursive: true });
  expect(await run(from, inside)).toMatch(`${inside}, in ${from}, is what is read`);
  expect(existsSync(join(inside, 'model.safetensors'))).toBe(true);
});

test.each([
  ['that is not there', () => join(root, 'no-such-page.txt'), /--text: ENOENT.*no-such-page\.txt/],
  ['that is a folder', () => root, /--text: EISDIR/],
  [
    'of nothing but blanks',
    () => {
      writeFileSync(join(root, 'blank.txt'), ' \n\t ');
      return join(root, 'blank.txt');
    },
    /--text: .*blank\.txt has no text/,
  ],
])('a text %s is refused before anything is written', async (_, path, message) => {
  const out = join(root, 'unwritten');
  expect(await outcome(() => runImport(checkpoint(), { ...asItIs, out, text: path() }))).toMatch(message);
  expect(existsSync(out)).toBe(false);
});

test.each([
  [
    'no checkpoint',
    () => join(root, 'nothing'),
    /config\.json: no such file[\s\S]*Give the folder of a checkpoint/,
  ],
  [
    'one of which it is not clear whose it is',
    checkpoint,
    /may be of chatglm2-6b or chatglm3-6b; say which with --family/,
  ],
  [
    'half of one',
    () => {
      const folder = checkpoint();
      const path = join(folder, 'model.safetensors');
      writeFileSync(path, readFileSync(path).subarray(0, 200_000));
      writeFileSync(
        join(folder, 'config.json'),
        readFileSync(join(folder, 'config.json'), 'utf8').replace('{', '{"_name_or_path": "chatglm3-6b",'),
      );
      return folder;
    },
    /the file ends after 200000[\s\S]*Fetch the checkpoint again, whole/,
  ],
  [
    'one that would run a command',
    () => {
      const folder = checkpoint();
      rmSync(join(folder, 'model.safetensors'));
      cpSync(join(golden, 'torch-pickle/hostile-reduce-os-system.bin'), join(folder, 'pytorch_model.bin'));
      writeFileSync(
        join(folder, 'config.json'),
        readFileSync(join(folder, 'config.json'), 'utf8').replace('{', '{"_name_or_path": "chatglm3-6b",'),
      );
      return folder;
    },
    /asks for posix\.system[\s\S]*Do not use this file/,
  ],
] as const)('%s: says what is wrong and what to do', async (_, folder, message) => {
  expect(await outcome(() => runImport(folder(), { ...asItIs, out: join(root, 'never') }))).toMatch(message);
});

test('of Paraformer makes a model that hears of another, and says what is to be taught', async () => {
  const [into, out] = [join(root, 'llm'), join(root, 'hearing')];
  await writeRandomBundle(into, { image: false });
  const [encoder, cFormer] = [await funAsrFolder(root), await bertFolder(root)];
  const said = await outcome(() => runImport(encoder, { ...asItIs, into, cFormer, out }));
  expect(said).toBe(
    [
      `${out}: llm-speech, with an interface for speech`,
      'Untrained, drawn at random: pre_bert_proj.weight, pre_bert_proj.bias, post_bert_proj.weight, post_bert_proj.bias.',
      'Teach them: npx xllm train stage2 --modality speech --print-config > speech.json',
    ].join('\n'),
  );
  expect(JSON.parse(readFileSync(join(out, 'xllm.json'), 'utf8'))).toMatchObject({
    name: 'llm-speech',
    interfaces: { speech: { encoder: { architecture: 'paraformer' } } },
  });
  const failing = (flags: object, folder = encoder) =>
    outcome(() => runImport(folder, { ...asItIs, into, cFormer, out, force: true, ...flags }));
  expect(await failing({ cFormer: undefined })).toMatch(/--into, a bundle, and --c-former, a BERT, belong/);
  expect(await failing({ quantize: 'int4' })).toMatch(/--quantize are of language models/);
  expect(await failing({ out: into, force: true })).toMatch(/llm is what is read/);
  expect(await failing({}, cFormer)).toMatch(
    /config\.yaml: no such file[\s\S]*Give the folder of Paraformer/,
  );
});

test('of pictures alone makes a bundle for compose, and says what it lacks', async () => {
  const from = await blip2Folder(root, { inShards: true });
  rmSync(join(from, 'model-00003-of-00003.safetensors'));
  const out = join(root, 'eyes');
  expect(await outcome(() => runImport(from, { ...asItIs, out, name: 'eyes' }))).toMatch(
    /eyes: eyes \(blip2-hf\), an interface for image and no language model, 103 tensors, 0\.3 MB in [\d.]+ s\nLicence: MIT\nIt has no adapter to a language model: .*\nGive it a language model: npx xllm compose --llm chatglm3-6b --image .*eyes --name chatglm3-6b-image$/,
  );
  const manifest = JSON.parse(readFileSync(join(out, 'xllm.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('llm');
  expect(Object.keys(manifest.interfaces)).toEqual(['image']);
  expect(await outcome(() => runImport(from, { ...asItIs, out }))).toMatch(
    /eyes is there already\.\n.*--force/,
  );
  const again = { ...asItIs, out, name: 'again', force: true };
  expect(await outcome(() => runImport(from, { ...again, cFormer: 'bert' }))).toMatch(
    /nothing for a --c-former/,
  );
  const named = () => JSON.parse(readFileSync(join(out, 'xllm.json'), 'utf8')).name;
  expect(named()).toBe('eyes');
  expect(await outcome(() => runImport(from, again))).toMatch(`${out}: again (blip2-hf)`);
  expect(named()).toBe('again');
  expect(readdirSync(root).filter((name) => /eyes/.test(name))).toEqual(['eyes']);
  const failing = (flags: object, folder = from) =>
    outcome(() => runImport(folder, { ...asItIs, out: join(root, 'never'), ...flags }));
  expect(await failing({ quantize: 'int8' })).toMatch(/--quantize and --text are of language models/);
  expect(await failing({ quantizeEncoders: 'int8' })).toMatch(/no matrix of 128 rows and columns or more/);
  expect(await failing({ quantizeEncoders: 'int8', blockSize: '16' })).toMatch(
    /\nQuantised: 8 matrices, off by 0\.[3-6] % on average; .*; what the encoder says of a picture: [01]\.\d %, cosine 0\.999\d\d\n/,
  );
  rmSync(join(root, 'never'), { recursive: true });
  expect(await failing({ cFormer: 'bert' })).toMatch(/there is nothing for a --c-former to do/);
  expect(await failing({ cFormer: 'bert', family: 'chatglm3-6b' }, checkpoint())).toMatch(
    /--c-former is for a Paraformer, and .* is none/,
  );
  expect(await failing({ into: from })).toMatch(/--into, a bundle, and --c-former, a BERT, belong/);
  rmSync(join(from, 'model-00001-of-00003.safetensors'));
  expect(await failing({})).toMatch(/1 of 2 shards are not here: .*\nFetch the checkpoint again, whole/);
  // Small: no configuration says so.
  const lavis = await pthFolder(root, 'lavis.pth', 'eva_vit_g.pth');
  expect(await failing({}, lavis)).toMatch(/652 missing: .*visual_encoder/);
  expect(existsSync(join(root, 'never'))).toBe(false);
});

test('of Paraformer alone needs a BERT, and makes a bundle for compose', async () => {
  const [from, cFormer] = [await funAsrFolder(root), await bertFolder(root)];
  const out = join(root, 'ears');
  expect(await outcome(() => runImport(from, { ...asItIs, out }))).toMatch(
    /is a Paraformer, which takes a C-Former .*\nFor example: --c-former bert-base-chinese\.$/,
  );
  expect(existsSync(out)).toBe(false);
  // As if it were a model: --force does not make the BERT one that may go.
  writeFileSync(join(cFormer, 'xllm.json'), '{}');
  const over = { ...asItIs, out: cFormer, cFormer, force: true };
  expect(await outcome(() => runImport(from, over))).toMatch(`${cFormer} is what is read`);
  expect(await outcome(() => runImport(from, { ...asItIs, out, name: 'ears', cFormer }))).toMatch(
    /ears \(paraformer\), an interface for speech .*\nLicence: .*\nUntrained, drawn at random: pre_bert_proj\.weight, pre_bert_proj\.bias\.\nIt has no adapter.*\n.*--speech /,
  );
});
