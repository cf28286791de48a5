/** Public checkpoints as parts: they become what a bundle of them would have been. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle, openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importInterfaces } from '../import/interfaces.ts';
import { addSpeechInterface } from '../import/speech/add.ts';
import { bertFolder, funAsrFolder, goldenFolder, xLlmFolder } from '../import/speech/testing.ts';
import { blip2Folder, pthFolder, pthSizes } from '../import/testing.ts';
import { loadEngine } from '../load.ts';
import { ask, picture, voice } from '../testing/engine.ts';
import { writeRandomBundle } from '../testing/random-bundle.ts';
import { type ComposeOptions, composeBundle } from './compose.ts';
import { ComposeError } from './error.ts';

let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-compose-checkpoints-'));
  await writeRandomBundle(at('talks'), { seed: 1, image: false });
});
afterAll(() => rm(root, { recursive: true }));

const compose = (name: string, options: Omit<ComposeOptions, 'name' | 'to'>) =>
  composeBundle({ name, to: at(name), ...options });
const hashesOf = (files: Readonly<Record<string, { sha256: string }>>) =>
  Object.fromEntries(Object.entries(files).map(([name, { sha256 }]) => [name, sha256]));

describe('composeBundle with public checkpoints', () => {
  it('makes a model that sees and hears, and says what is untrained', async () => {
    const [image, speech] = [await blip2Folder(root), await funAsrFolder(root)];
    const checkpoints = { cFormer: await bertFolder(root) };
    const progress: number[] = [];
    const made = await compose('all', {
      parts: { llm: at('talks'), image, speech },
      checkpoints,
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(made.untrained).toEqual([
      { part: 'image', tensors: ['llm_proj.weight', 'llm_proj.bias'] },
      {
        part: 'speech',
        tensors: [
          'pre_bert_proj.weight',
          'pre_bert_proj.bias',
          'post_bert_proj.weight',
          'post_bert_proj.bias',
        ],
      },
    ]);
    expect(progress[0]).toBe(0);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(made.copiedBytes).toBe(0);
    expect(made.taughtElsewhere).toEqual([]);
    const { licence, provenance, interfaces, files } = made.manifest;
    expect(licence).toMatch(/^llm, image: MIT; speech: The FunASR Model License.*; Apache-2\.0/);
    expect(provenance.summary).toMatch(
      /llm_proj is UNTRAINED, drawn at random with seed 0: pictures mean nothing .*post_bert_proj is UNTRAINED/,
    );
    expect(provenance.sources.map(({ name }) => name.replace(/-\w+ \(.*/, ''))).toEqual([
      'random-model',
      'BLIP-2',
      'paraformer',
      'bert',
    ]);
    expect(interfaces.image?.adapter).toEqual({
      architecture: 'linear',
      config: { width: 32, outputWidth: 64, name: 'llm_proj' },
      weights: 'image-adapter.safetensors',
    });
    expect(interfaces.speech?.adapter.config).toMatchObject({ outputWidth: 64, activation: 'relu' });
    const sizes = Object.values(files).map(({ sizeBytes }) => sizeBytes);
    const headers = 8 * 1024; // safetensors' own
    const sum = sizes.reduce((all, size) => all + size, 0) - made.linkedBytes - made.madeBytes;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(8 * headers);

    using bundle = await openBundle(at('all')); // hashes everything
    const drawn = bundle.weights('image-adapter.safetensors').readFloat32('llm_proj.weight');
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(32));
    expect(Math.max(...drawn.map(Math.abs))).toBeGreaterThan(0.9 / Math.sqrt(32));

    const engine = await loadEngine(at('all'));
    const media = { images: [picture(1, 28)], speech: [voice(1, 0.8)] };
    const { start, end } = await ask(engine, 'what is this?', { temperature: 0, maxTokens: 3, ...media });
    expect(start).toMatchObject({ imageTokens: 4 });
    expect(end.usage.completionTokens).toBeGreaterThan(0);
    await engine.close();
  });

  it('makes the same of a checkpoint as of the bundle that was imported of it', async () => {
    const from = await blip2Folder(root);
    await importInterfaces({ from, to: at('eyes'), name: 'eyes' });
    const direct = await compose('direct', { parts: { llm: at('talks'), image: from } });
    const bundled = await compose('bundled', { parts: { llm: at('talks'), image: at('eyes') } });
    expect(hashesOf(bundled.manifest.files)).toEqual(hashesOf(direct.manifest.files));
    expect(bundled.manifest.interfaces).toEqual(direct.manifest.interfaces);
    expect(bundled.untrained).toEqual(direct.untrained);
    expect(bundled.linkedBytes).toBeGreaterThan(direct.linkedBytes);

    const seeded = await compose('seeded', {
      parts: { llm: at('talks'), image: at('eyes') },
      checkpoints: { seed: 7 },
    });
    const adapter = 'image-adapter.safetensors';
    expect(seeded.manifest.files[adapter]?.sha256).not.toBe(direct.manifest.files[adapter]?.sha256);
    expect(seeded.manifest.files['image.safetensors']).toEqual(direct.manifest.files['image.safetensors']);
  });

  it('draws for speech what `addSpeechInterface` draws', async () => {
    const [speech, cFormer] = [await funAsrFolder(root), await bertFolder(root)];
    await compose('hears', { parts: { llm: at('talks'), speech }, checkpoints: { cFormer } });
    const added = { encoder: speech, cFormer, bundle: at('talks'), to: at('added'), name: 'added' };
    await addSpeechInterface(added);
    using one = await openSafetensors(join(at('hears'), 'speech-adapter.safetensors'));
    using other = await openSafetensors(join(at('added'), 'speech.safetensors'));
    for (const name of ['post_bert_proj.weight', 'post_bert_proj.bias'])
      expect(one.read(name)).toEqual(other.read(name));
    using reader = await openSafetensors(join(at('hears'), 'speech.safetensors'));
    expect(reader.read('pre_bert_proj.weight')).toEqual(other.read('pre_bert_proj.weight'));
  });

  it('takes LAVIS’s files and VisualGLM-6B’s interface, which has an adapter', async () => {
    const lavis = await compose('lavis', {
      parts: { llm: at('talks'), image: await pthFolder(root, 'lavis.pth', 'eva_vit_g.pth') },
      checkpoints: { family: 'blip2', sizes: pthSizes },
    });
    expect(lavis.untrained.map(({ part }) => part)).toEqual(['image']);
    expect(lavis.manifest.licence).toBe('llm: MIT; image: BSD-3-Clause');
    const visualGlm = await compose('visualglm', {
      parts: { llm: at('talks'), image: join(goldenFolder, 'visualglm-6b') },
    });
    expect(visualGlm.untrained).toEqual([]);
    expect(visualGlm.manifest.interfaces.image?.adapter.config).toMatchObject({ name: 'glm_proj' });
    expect(visualGlm.manifest.chatTemplate).toBe('x-llm');
    await (await loadEngine(at('visualglm'))).close();
  });
});

describe('composeBundle refuses of public checkpoints', () => {
  const why = async (
    parts: ComposeOptions['parts'],
    checkpoints?: ComposeOptions['checkpoints'],
  ): Promise<readonly string[]> => {
    const error: unknown = await compose('never', { parts, ...(checkpoints && { checkpoints }) }).then(
      () => expect.fail('it was composed'),
      (thrown) => thrown,
    );
    expect(existsSync(at('never'))).toBe(false);
    if (!(error instanceof ComposeError)) throw error;
    expect(error.code).toBe('incompatible_parts');
    return error.reasons;
  };

  it('tensors and adapters of another width', async () => {
    const parts = {
      llm: at('talks'),
      image: await pthFolder(root, 'image.pth', 'eva_vit_g.pth'),
      speech: await funAsrFolder(root),
    };
    // The golden's encoder has a width of 32, X-LLM's interface reads 24.
    expect(await why(parts, { sizes: pthSizes, cFormer: await xLlmFolder(root) })).toEqual([
      expect.stringMatching(/^speech: .*pre_bert_proj\.weight is \[48,24\], not \[48,32\]$/),
    ]);
    expect(await why({ llm: at('talks'), image: parts.image }, { sizes: pthSizes })).toEqual([
      `interfaces.image: the adapter's outputWidth is 36, the language model's hiddenSize is 64`,
    ]);
  });

  it('what is missing or of another modality, all at once', async () => {
    const [eyes, ears] = [await blip2Folder(root, { inShards: true }), await funAsrFolder(root)];
    await rm(join(eyes, 'model-00001-of-00003.safetensors'));
    expect(await why({ llm: at('talks'), image: eyes, speech: ears })).toEqual([
      expect.stringMatching(/^image: .*1 of 2 shards are not here: model-00001-of-00003\.safetensors/),
      expect.stringMatching(/^speech: .*is a Paraformer, which takes a C-Former/),
    ]);
    expect(await why({ llm: at('talks'), image: ears, video: await blip2Folder(root) })).toEqual([
      expect.stringMatching(/^image: .*is a Paraformer, which has no interface for pictures$/),
      expect.stringMatching(/^video: blip2-\w+ has no interface for video; it has image$/),
    ]);
    await mkdir(at('empty'));
    await mkdir(at('silent'));
    expect(await why({ llm: at('empty'), speech: at('silent') }, { cFormer: 'x' })).toEqual([
      expect.stringMatching(/^llm: .*empty.xllm\.json: no such file/),
      expect.stringMatching(/^speech: .*config\.yaml: no such file; give a folder as FunASR has it/),
    ]);
  });

  it('options that no part has a use for', async () => {
    await importInterfaces({ from: await blip2Folder(root), to: at('bundle-of-eyes') });
    const parts = { llm: at('talks'), image: at('bundle-of-eyes') };
    expect(await why(parts, { family: 'blip2', cFormer: 'bert' })).toEqual([
      'family: no part is a public checkpoint of pictures, whose form it would tell',
      'cFormer: no part is a public checkpoint of speech, which would be read with it',
    ]);
  });

  it('a number that is none, and leaves nothing behind', async () => {
    const image = await blip2Folder(root);
    const path = join(image, 'model.safetensors');
    using whole = await openSafetensors(path);
    const tensors = [...whole.tensors].map(([name, { dtype, shape }]) => {
      const data = whole.read(name);
      if (name === 'query_tokens') (data as Float32Array)[3] = Number.NaN;
      return { name, dtype, shape, data };
    });
    await writeSafetensors(path, tensors);
    const parts = { llm: at('talks'), image };
    await expect(compose('never', { parts })).rejects.toMatchObject({ code: 'invalid_tensor' });
    expect(existsSync(at('never'))).toBe(false);
    await mkdir(at('there'));
    await expect(compose('there', { parts })).rejects.toThrow(/"query_tokens" has numbers/);
    expect(await readdir(at('there'))).toEqual([]);
  });
});
