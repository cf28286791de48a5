import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import { OrtError } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from './error.ts';
import { loadEngine } from './load.ts';
import { ask, voice } from './testing/engine.ts';
import { writeRandomBundle } from './testing/random-bundle.ts';

let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xllm-load-'));
  bundle = join(folder, 'bundle');
  await writeRandomBundle(bundle, { video: true, speech: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** A copy of the bundle with a value of its manifest changed; `undefined` takes it away. */
async function changed(path: readonly string[], value: unknown): Promise<string> {
  const dir = await mkdtemp(join(folder, 'changed-'));
  await cp(bundle, dir, { recursive: true });
  const file = join(dir, 'xllm.json');
  const manifest: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  let place = manifest;
  for (const name of path.slice(0, -1)) place = place[name] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete place[last];
  else place[last] = value;
  await writeFile(file, JSON.stringify(manifest));
  return dir;
}

describe('loadEngine refuses', () => {
  const image = ['interfaces', 'image'];
  const video = ['interfaces', 'video'];
  const speech = ['interfaces', 'speech'];
  it.each<[string, readonly string[], unknown, RegExp]>([
    [
      'an unknown language model',
      ['llm', 'architecture'],
      'rnn',
      /llm\.architecture is "rnn"; .* knows chatglm/,
    ],
    ['an inherited name', ['llm', 'architecture'], 'toString', /knows chatglm/],
    ['a misspelt setting', ['llm', 'config', 'headz'], 8, /llm\.config of "chatglm":[\s\S]*headz/],
    ['a missing setting', ['llm', 'config', 'layers'], undefined, /llm\.config[\s\S]*layers/],
    ['heads that do not fit', ['llm', 'config', 'heads'], 3, /multiple of 8 · heads/],
    ['tokens outside', ['llm', 'config', 'vocabSize'], 4, /tokens must be below vocabSize/],
    ['missing weights', ['llm', 'config', 'layers'], 3, /transformer\.layers\.2\.input_layernorm\.weight/],
    ['weights of another shape', ['llm', 'config', 'ffnSize'], 64, /dense_h_to_4h\.weight" is \[128,64\]/],
    ['an unknown tokenizer', ['tokenizer', 'type'], 'words', /tokenizer\.type is "words"; .* sentencepiece/],
    ['a wrong tokenizer', ['tokenizer', 'file'], 'llm.safetensors', /not.*model|protobuf|malformed|invalid/i],
    ['an unknown template', ['chatTemplate'], 'poem', /no chat template "poem"; there is chatglm-6b, x-llm/],
    [
      'an unknown encoder',
      [...image, 'encoder', 'architecture'],
      'eye',
      /image\.encoder\.architecture is "eye"/,
    ],
    ['an unknown x2l', [...image, 'x2l', 'architecture'], 'eye', /image\.x2l\.architecture is "eye"/],
    [
      'patches that do not fit',
      [...image, 'encoder', 'config', 'imageSize'],
      15,
      /multiple of the patch size/,
    ],
    ['another picture size', [...image, 'preprocessing', 'size'], 32, /size is 32, .* pictures of 16 pixels/],
    [
      'another width',
      [...image, 'adapter', 'config', 'outputWidth'],
      32,
      /outputWidth is 32, .*hiddenSize is 64/,
    ],
    [
      'an unknown adapter',
      [...video, 'adapter', 'architecture'],
      'eye',
      /video\.adapter\.architecture is "eye"/,
    ],
    ['queries that are not there', [...video, 'queries', 'name'], 'film', /film/],
    [
      'another width of video',
      [...video, 'adapter', 'config', 'outputWidth'],
      32,
      /interfaces\.video: .*outputWidth is 32, .*hiddenSize is 64/,
    ],
    [
      'an unknown ear',
      [...speech, 'encoder', 'architecture'],
      'ear',
      /speech\.encoder\.architecture is "ear"/,
    ],
    [
      'an unknown x2l of speech',
      [...speech, 'x2l', 'architecture'],
      'q-former',
      /speech\.x2l\.architecture is "q-former"; .* knows c-former, fc/,
    ],
    [
      'pooling after a block that is not there',
      [...speech, 'encoder', 'config', 'conformer', 'poolAfter'],
      [3],
      /poolAfter must be numbers of blocks/,
    ],
    ['an even kernel', [...speech, 'encoder', 'config', 'cif', 'kernel'], 2, /expected an odd number/],
    [
      'other mel bins',
      [...speech, 'preprocessing', 'melBins'],
      40,
      /melBins is 40, but the encoder reads 80/,
    ],
    [
      'another width of speech',
      [...speech, 'adapter', 'config', 'outputWidth'],
      32,
      /interfaces\.speech: .*outputWidth is 32/,
    ],
    [
      'embeddings of another width',
      [...speech, 'x2l', 'config', 'inputWidth'],
      8,
      /x2l reads embeddings of a width of 8, but the encoder's have 16/,
    ],
  ])('%s', async (_, path, value, message) => {
    const error = await loadEngine(await changed(path, value)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'invalid_bundle', message: expect.stringMatching(message) });
  });

  it('a damaged file, unless told not to look', async () => {
    const dir = await mkdtemp(join(folder, 'damaged-'));
    await cp(bundle, dir, { recursive: true });
    const path = join(dir, 'llm.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const error = await loadEngine(dir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CheckpointError);
    expect(error).toMatchObject({ code: 'hash_mismatch' });
    await (await loadEngine(dir, { verify: false })).close();
  });

  it('weights that are no numbers', async () => {
    const dir = await mkdtemp(join(folder, 'nan-'));
    await cp(bundle, dir, { recursive: true });
    const path = join(dir, 'llm.safetensors');
    const bytes = await readFile(path);
    bytes.fill(0xff, bytes.length / 2); // NaN in float16
    await writeFile(path, bytes);
    await expect(loadEngine(dir, { verify: false })).rejects.toMatchObject({ code: 'model_failure' });
  });

  it('a provider that is not there', async () => {
    const error = await loadEngine(bundle, { provider: 'cuda' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OrtError);
    expect(error).toMatchObject({ message: expect.stringMatching(/cuda/i) });
  });

  it.each([
    [{ maxConcurrent: 0 }, /maxConcurrent must be an integer of 1 or more, got 0/],
    [{ maxQueued: -1 }, /maxQueued/],
    [{ mediaCacheBytes: 0.5 }, /mediaCacheBytes/],
    [{ contextLength: 129 }, /contextLength is 129, but the model's is 128/],
  ])('%o', async (options, message) => {
    await expect(loadEngine(bundle, options)).rejects.toThrow(message);
  });
});

describe('loadEngine', () => {
  it('says what it has loaded', async () => {
    const engine = await loadEngine(bundle, { contextLength: 64, maxConcurrent: 2, maxQueued: 0 });
    expect(engine.model).toMatchObject({
      id: 'random-model',
      imageSize: 16,
      video: { frames: 3, size: 16 },
      speech: { sampleRateHz: 16_000, maxSeconds: 12 },
      contextLength: 64,
    });
    expect(Math.abs(engine.model.created - Date.now() / 1000)).toBeLessThan(3600);
    expect(engine.stats()).toMatchObject({
      active: 0,
      maxActive: 2,
      maxQueued: 0,
      requests: 0,
      cacheBytes: 2 * 2 * 2 * 64 * 64 * 4, // layers, keys and values, slots, positions, width, float32
      media: { entries: 0, misses: 0 },
    });
    await engine.close();
  });

  it.each([
    ['without a C-Former, through a plain adapter', 'fc'],
    ['with Paraformer', 'paraformer'],
  ] as const)('hears %s', async (_, speech) => {
    const dir = await mkdtemp(join(folder, 'heard-'));
    await writeRandomBundle(dir, { image: false, speech });
    const engine = await loadEngine(dir);
    const { start } = await ask(engine, 'a', { speech: [voice(1, 2)], maxTokens: 2 });
    expect(start.speechTokens).toBeGreaterThan(0);
    await engine.close();
  });

  it('refuses speech of more tokens than the C-Former has positions for', async () => {
    const engine = await loadEngine(
      await changed(['interfaces', 'speech', 'preprocessing', 'maxSeconds'], 60),
    );
    const error = await ask(engine, 'a', { speech: [voice(1, 58)] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'invalid_audio',
      message: expect.stringMatching(/reads 64 at most/),
    });
    await engine.close();
  });

  it('gives the memory back', async () => {
    for (let round = 0; round < 3; round++) {
      const engine = await loadEngine(bundle);
      expect((await ask(engine, 'a', { maxTokens: 2 })).end.usage.completionTokens).toBeLessThan(3);
      await engine.close();
      await expect(ask(engine, 'a')).rejects.toMatchObject({ code: 'draining' });
    }
  });
});
