import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openBundle,
  openSafetensors,
  type TensorData,
  type TensorSource,
  writeSafetensors,
} from '@x-llm/checkpoint';
import { Runtime } from '@x-llm/ort';
import { AnswerCleaner, chatTemplate, tokenizers } from '@x-llm/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageModels, makePart } from '../architectures/index.ts';
import { LanguageSessions } from '../language-sessions.ts';
import { loadEngine } from '../load.ts';
import { parametersIn } from '../weights.ts';
import { importCheckpoint } from './import.ts';

/** Small checkpoints of each family, with what the reference implementations answered. */
const golden = join(import.meta.dirname, '../../../../tests/parity/golden');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-import-'));
});
afterAll(() => rm(root, { recursive: true }));

interface Case {
  readonly family: string;
  readonly tokenizer: string;
  readonly as: string;
  readonly type: keyof typeof tokenizers;
  /** The conversation of the golden prompt `long`, where the answer to `short` is only blanks, which are not sent. */
  readonly long?: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'chatglm-6b-v1': {
    family: 'chatglm-6b',
    tokenizer: 'ice_text.model',
    as: 'ice_text.model',
    type: 'chatglm-6b',
    long: [
      '图片中有什么？',
      '她描述了这张图片。',
      '请描述这张图片。',
      'two hundred tokens',
      '这是什么颜色？',
    ],
  },
  'chatglm2-6b': {
    family: 'chatglm2-6b',
    tokenizer: 'tokenizer.model',
    as: 'tokenizer.model',
    type: 'chatglm2-6b',
  },
  'chatglm3-6b': {
    family: 'chatglm3-6b',
    tokenizer: 'tokenizer.model',
    as: 'tokenizer.model',
    type: 'chatglm3-6b',
  },
  'glm-4-9b-chat': { family: 'glm-4', tokenizer: 'glm4-tiny.tiktoken', as: 'tokenizer.model', type: 'glm-4' },
  'glm-4-9b-hf': {
    family: 'glm-4-hf',
    tokenizer: 'glm4-tiny.tiktoken',
    as: 'tokenizer.model',
    type: 'glm-4',
  },
};

/** A folder as the hub has it. */
async function checkpoint(
  name: string,
  change: Record<string, unknown> = {},
  folderName = name,
): Promise<string> {
  const folder = await mkdtemp(join(root, `${folderName}-`));
  await cp(join(golden, name), folder, { recursive: true });
  const { tokenizer = 'ice_text.model', as = 'ice_text.model' } = cases[name] ?? {};
  await cp(join(golden, 'tokenizer', tokenizer), join(folder, as));
  const path = join(folder, 'config.json');
  const config = { ...JSON.parse(await readFile(path, 'utf8')), _name_or_path: `THUDM/${name}`, ...change };
  await writeFile(path, JSON.stringify(config));
  return folder;
}

async function tensorsIn(path: string): Promise<(TensorSource & { readonly data: TensorData })[]> {
  using file = await openSafetensors(path);
  return [...file.tensors].map(([name, { dtype, shape }]) => ({ name, dtype, shape, data: file.read(name) }));
}

interface Golden {
  readonly prompts: Readonly<
    Record<'short' | 'long', { readonly text: string; readonly decode: { readonly generated: number[][] } }>
  >;
}

describe.each(Object.entries(cases))('%s', (name, { family }) => {
  it('is imported, and answers what the reference answers', async () => {
    const from = await checkpoint(name);
    const to = join(root, `bundle-${name}`);
    const progress: number[] = [];
    const imported = await importCheckpoint({
      from,
      to,
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(imported.family).toBe(family);
    expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));

    using bundle = await openBundle(to);
    using before = await openSafetensors(join(from, 'model.safetensors'));
    const after = bundle.weights('llm.safetensors');
    for (const [tensor, { dtype, shape }] of after.tensors) {
      expect(before.info(tensor)).toMatchObject({ dtype, shape });
      expect(after.read(tensor)).toEqual(before.read(tensor));
    }

    const { wanted, answer } = await goldenAnswer(name, to);
    expect(answer).toBe(wanted);
    expect(answer).not.toBe('');
  });
});

/** What the reference answers to a golden prompt, and what a bundle does. */
async function goldenAnswer(name: string, to: string): Promise<{ wanted: string; answer: string }> {
  const { type, tokenizer, long }: Pick<Case, 'type' | 'tokenizer' | 'long'> = cases[name] ?? {
    type: 'chatglm-6b',
    tokenizer: '',
  };
  using bundle = await openBundle(to);
  const { prompts } = JSON.parse(await readFile(join(golden, name, 'golden.json'), 'utf8')) as Golden;
  const [ids = []] = prompts[long ? 'long' : 'short'].decode.generated;
  const { endTokens, tokens } = bundle.manifest.llm.config as {
    endTokens?: number[];
    tokens?: { eop: number };
  };
  const ends = new Set<number | undefined>(endTokens ?? [tokens?.eop]);
  const written = ids.slice(0, ids.findIndex((id) => ends.has(id)) + 1 || ids.length);
  const decoded = tokenizers[type](await readFile(join(golden, 'tokenizer', tokenizer))).decode(written);
  const { cleanUp } = chatTemplate(bundle.manifest.chatTemplate);
  const cleaner = cleanUp && new AnswerCleaner(cleanUp);
  const wanted = cleaner ? cleaner.push(decoded) + cleaner.flush() : decoded;
  const engine = await loadEngine(to);
  try {
    const messages = (long ?? [prompts.short.text]).map((text, i) => {
      const role: 'user' | 'assistant' = i % 2 === 0 ? 'user' : 'assistant';
      return { role, text, images: [], videos: [], speech: [] };
    });
    let answer = '';
    for await (const event of engine.generate({ messages, temperature: 0, maxTokens: written.length })) {
      if (event.type === 'text') answer += event.text;
    }
    return { wanted, answer };
  } finally {
    await engine.close();
  }
}

describe('quantised', () => {
  it('to 8 bits most still answer what the reference answers, all six tokens', async () => {
    const same: boolean[] = [];
    for (const name of Object.keys(cases)) {
      const to = join(root, `int8-${name}`);
      const { errors } = await importCheckpoint({
        from: await checkpoint(name),
        to,
        quantize: { bits: 8, blockSize: 16 },
      });
      expect(errors.length).toBeGreaterThan(8);
      for (const { relative } of errors) expect(relative).toBeLessThan(0.01);
      const { wanted, answer } = await goldenAnswer(name, to);
      same.push(wanted === answer);
    }
    // Of random networks, whose likeliest tokens are often close to each other.
    expect(same.filter(Boolean).length).toBeGreaterThanOrEqual(3);
  });

  it('to 4 bits most matrices are, and what scores words to 8', async () => {
    const [from, to] = [await checkpoint('chatglm3-6b'), join(root, 'int4')];
    const { errors, manifest } = await importCheckpoint({ from, to, quantize: { bits: 4, blockSize: 32 } });
    expect(manifest.llm.quantization).toEqual({ bits: 4, blockSize: 32 });
    const finer = errors.filter(({ bits }) => bits === 8).map(({ name }) => name);
    expect(finer).toEqual(['transformer.output_layer.weight']);
    for (const { bits, relative } of errors) {
      expect(relative).toBeGreaterThan(bits === 4 ? 0.05 : 0.002);
      expect(relative).toBeLessThan(bits === 4 ? 0.11 : 0.01);
    }
    using bundle = await openBundle(to);
    const { tensors } = bundle.weights('llm.safetensors');
    expect(tensors.get('transformer.encoder.layers.0.mlp.dense_4h_to_h.weight.q4')).toMatchObject({
      dtype: 'uint8',
      shape: [48, 3, 16],
    });
    expect(tensors.get('transformer.embedding.word_embeddings.weight')?.dtype).toBe('float16');
    expect((await goldenAnswer('chatglm3-6b', to)).answer.length).toBeGreaterThan(0);
  });
});

/** The perplexity of a text, token by token through the cache: another way than by windows through each layer. */
async function stepByStep(to: string, text: string, prompt: readonly string[]): Promise<number> {
  using bundle = await openBundle(to);
  const model = makePart(languageModels, bundle.manifest.llm, 'llm');
  const { type, file } = bundle.manifest.tokenizer;
  const tokenizer = tokenizers[type as keyof typeof tokenizers](await readFile(join(to, file)));
  const start = model.promptIds(prompt.map((piece) => tokenizer.id(piece) ?? -1));
  const source = parametersIn(bundle.weights('llm.safetensors'));
  using runtime = Runtime.load({ allowSpinning: false });
  using sessions = await LanguageSessions.load(runtime, model, source, { slots: 1, length: 80, session: {} });
  const ids = tokenizer.encode(text);
  let scores: Float32Array = await sessions.prefill(0, await sessions.embed(start));
  let summed = 0;
  for (const [index, id] of ids.entries()) {
    const highest = Math.max(...scores);
    const all = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
    summed += highest + Math.log(all) - (scores[id] ?? Number.NaN);
    const position = model.answerPosition(start.length, index);
    const step = { slot: 0, id, position, cached: start.length + index };
    scores = (await sessions.step([step]))[0] ?? scores;
  }
  return Math.exp(summed / ids.length);
}

describe('the perplexity of a text', () => {
  const text = 'A red fox jumps over the lazy dog.';

  it.each([
    ['chatglm-6b-v1', []],
    ['chatglm3-6b', ['[gMASK]', 'sop']],
    ['glm-4-9b-hf', ['[gMASK]', '<sop>']],
  ])(
    '%s: is what comes of one token after the other, before and after quantisation',
    async (name, prompt) => {
      const from = await checkpoint(name);
      const [whole, few] = [join(root, `whole-${name}`), join(root, `few-${name}`)];
      const { perplexity: plain } = await importCheckpoint({ from, to: whole, text });
      const quantize = { bits: 4, blockSize: 16 } as const;
      const told: string[] = [];
      const onMeasured = (done: number, total: number) => told.push(`${done} of ${total}`);
      const { perplexity: found } = await importCheckpoint({ from, to: few, quantize, text, onMeasured });
      const layers = told.length / 2;
      expect(told).toEqual(Array.from({ length: 2 * layers }, (_, done) => `${done} of ${2 * layers}`));
      expect(layers).toBeGreaterThan(1);
      expect(plain).not.toHaveProperty('after');
      expect(found?.tokens).toBeGreaterThan(15);
      const [before, after] = [await stepByStep(whole, text, prompt), await stepByStep(few, text, prompt)];
      expect(plain?.before).toBe(found?.before);
      expect((found?.before ?? 0) / before).toBeCloseTo(1, 4);
      // For several rows MatMulNBits has another kernel than for one, with other roundings.
      expect((found?.after ?? 0) / after).toBeCloseTo(1, 2);
      expect(Math.abs(after / before - 1)).toBeGreaterThan(1e-3);
    },
  );

  it('is of the first 4,096 tokens, in windows', async () => {
    const from = await checkpoint('chatglm3-6b');
    const { perplexity: found } = await importCheckpoint({
      from,
      to: join(root, 'long'),
      text: 'fox '.repeat(5000),
    });
    expect(found?.tokens).toBe(4096);
    expect(found?.before).toBeGreaterThan(1);
  });

  it('there is none of a text without a token, and nothing is written', async () => {
    const to = join(root, 'no-text');
    const importing = importCheckpoint({ from: await checkpoint('chatglm3-6b'), to, text: '' });
    await expect(importing).rejects.toThrow('the text has no token');
    expect(existsSync(to)).toBe(false);
  });
});

describe('chatglm-6b', () => {
  it('is imported with the ids of its tokens', async () => {
    const from = await checkpoint('chatglm-6b-v1');
    const { manifest, family } = await importCheckpoint({ from, to: join(root, 'v1'), name: 'own-name' });
    expect(family).toBe('chatglm-6b');
    expect(manifest).toMatchObject({
      name: 'own-name',
      tokenizer: { type: 'chatglm-6b' },
      llm: { config: { layers: 3, tokens: { pad: 3, mask: 456, gmask: 457, sop: 460, eop: 461 } } },
    });
  });
});

describe('a checkpoint with something wrong', () => {
  const importing = async (folder: string, family?: 'chatglm3-6b') =>
    importCheckpoint({ from: folder, to: join(root, 'never'), family });
  const refused = (promise: Promise<unknown>, code: string, message: RegExp) =>
    expect(promise).rejects.toMatchObject({
      name: 'CheckpointError',
      code,
      message: expect.stringMatching(message),
    });

  it.each([
    [
      'another kind of model',
      { model_type: 'llama' },
      'invalid_config',
      /model_type "llama"\); it knows chatglm-6b, /,
    ],
    [
      'no name that tells ChatGLM2 from ChatGLM3',
      { _name_or_path: undefined },
      'invalid_config',
      /may be of chatglm2-6b or chatglm3-6b; say which/,
    ],
    [
      'heads that are not grouped',
      { multi_query_attention: false },
      'invalid_config',
      /multi_query_attention is false, not true/,
    ],
    ['a field that is missing', { ffn_hidden_size: undefined }, 'invalid_config', /lacks ffn_hidden_size/],
    ['a size that is none', { hidden_size: -1 }, 'invalid_config', /hiddenSize/],
    ['a rope_ratio that is none', { rope_ratio: 'x' }, 'invalid_config', /rope_ratio is not a number/],
    [
      'more layers than weights',
      { num_layers: 4 },
      'missing_tensors',
      /7 missing: .*layers\.3\.input_layernorm\.weight/,
    ],
    [
      'fewer layers than weights',
      { num_layers: 2 },
      'missing_tensors',
      /7 that the model has no place for: .*layers\.2\./,
    ],
    [
      'another width',
      { ffn_hidden_size: 90 },
      'missing_tensors',
      /6 of another kind: .*dense_h_to_4h\.weight is \[176,48\], not \[180,48\]/,
    ],
    [
      'a vocabulary below the tokenizer’s',
      { padded_vocab_size: 800 },
      'invalid_config',
      /endTokens must be below vocabSize/,
    ],
  ])('%s', async (_, change, code, message) => {
    await refused(importing(await checkpoint('chatglm3-6b', change, 'model')), code, message);
  });

  it('the folder’s name tells where the configuration does not', async () => {
    const folder = await checkpoint('chatglm3-6b', { _name_or_path: undefined });
    const { family } = await importCheckpoint({ from: folder, to: join(root, 'by-name') });
    expect(family).toBe('chatglm3-6b');
  });

  it('GLM-4-9B-Chat is known by the name that its first configuration has', async () => {
    const folder = await checkpoint('glm-4-9b-chat', { _name_or_path: 'THUDM/glm4-9b-chat' }, 'model');
    expect(await importCheckpoint({ from: folder, to: join(root, 'first-glm4') })).toMatchObject({
      family: 'glm-4',
    });
  });

  it('--family decides where neither does', async () => {
    const folder = await checkpoint('chatglm3-6b', { _name_or_path: undefined }, 'model');
    const { manifest } = await importCheckpoint({
      from: folder,
      to: join(root, 'decided'),
      family: 'chatglm3-6b',
    });
    expect(manifest.chatTemplate).toBe('chatglm3-6b');
  });

  it('a folder without a configuration, or with half of one', async () => {
    await refused(
      importing(join(root, 'nothing')),
      'not_found',
      /config\.json: no such file; give the folder/,
    );
    const folder = await checkpoint('chatglm3-6b');
    await writeFile(join(folder, 'config.json'), '{"model_type": "chatglm", ');
    await refused(importing(folder), 'invalid_config', /is not a JSON object/);
    await writeFile(join(folder, 'config.json'), ' '.repeat(2 << 20));
    await refused(importing(folder), 'invalid_config', /has more than/);
  });

  it('no tokenizer, or another one', async () => {
    const folder = await checkpoint('chatglm3-6b');
    await cp(join(golden, 'tokenizer/glm4-tiny.tiktoken'), join(folder, 'tokenizer.model'));
    await refused(importing(folder), 'invalid_config', /tokenizer\.model: /);
    await rm(join(folder, 'tokenizer.model'));
    await refused(importing(folder), 'missing_file', /there is no tokenizer\.model, the tokenizer/);
  });

  it('weights that are no numbers of a network, and a download that broke off', async () => {
    const folder = await checkpoint('chatglm3-6b');
    const path = join(folder, 'model.safetensors');
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length / 2));
    await refused(importing(folder), 'truncated', /the file ends after/);
    await writeFile(path, whole);
    const [first, ...rest] = await tensorsIn(path);
    const count = first?.shape.reduce((a, b) => a * b, 1) ?? 0;
    await mkdir(join(root, 'odd'), { recursive: true });
    const odd = {
      name: first?.name ?? '',
      dtype: 'int32' as const,
      shape: first?.shape ?? [],
      data: new Int32Array(count),
    };
    await writeSafetensors(path, [odd, ...rest]);
    await refused(importing(folder), 'missing_tensors', /is int32, not a floating-point number/);
  });

  it.each([
    ['a matrix', 'transformer.encoder.layers.1.mlp.dense_4h_to_h.weight', Number.NaN],
    ['a vector', 'transformer.encoder.final_layernorm.weight', Number.POSITIVE_INFINITY],
  ])('one number of %s that is none, quantised or not', async (_, name, value) => {
    const folder = await checkpoint('chatglm3-6b');
    const path = join(folder, 'model.safetensors');
    const tensors = await tensorsIn(path);
    const data = tensors.find((tensor) => tensor.name === name)?.data as Float16Array | Float32Array;
    data[data.length - 3] = value;
    await writeSafetensors(path, tensors);
    const message = new RegExp(`"${name}" has numbers that are infinite or none \\(NaN\\)`);
    await refused(importing(folder), 'invalid_tensor', message);
    const to = join(root, 'never');
    const quantize = { bits: 4, blockSize: 16 } as const;
    await refused(importCheckpoint({ from: folder, to, quantize }), 'invalid_tensor', message);
    expect(existsSync(join(to, 'xllm.json'))).toBe(false);
  });
});
