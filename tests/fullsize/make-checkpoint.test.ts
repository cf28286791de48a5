/** Each public layout in small, through the importer; and at full size, by the sizes that the hub lists, without writing it. */
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleManifest, openAnyBundle, openWeights } from '@x-llm/checkpoint';
import { loadEngine } from '@x-llm/engine';
import { addSpeechInterface, findForm, importCheckpoint, importInterfaces } from '@x-llm/engine/import';
import { ask, picture, pthSizes, voice } from '@x-llm/engine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointBytes, filesOf, indexOf, totalBytes, writeCheckpoint } from './checkpoint.ts';
import { type LayoutName, layoutNames, layouts } from './layouts.ts';

let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-layouts-'));
});
afterAll(() => rm(root, { recursive: true }));

/** The folder of a layout in small. */
async function small(name: LayoutName): Promise<string> {
  const folder = join(await mkdtemp(at('small-')), name);
  await mkdir(folder);
  await writeCheckpoint(folder, layouts[name].make('small'));
  return folder;
}

/** A bundle's two tokens, after everything of it was hashed. */
async function twoTokens(bundle: string, media: Parameters<typeof ask>[2] = {}): Promise<void> {
  const engine = await loadEngine(bundle, { verify: true });
  try {
    const { end } = await ask(engine, 'hello', { ...media, temperature: 0, maxTokens: 2 });
    expect(end.usage.completionTokens).toBeGreaterThan(0);
    expect(end.usage.completionTokens).toBeLessThanOrEqual(2);
  } finally {
    await engine.close();
  }
}

async function hasInterfaces(bundle: string, names: readonly (keyof BundleManifest['interfaces'])[]) {
  using opened = await openAnyBundle(bundle); // hashes everything
  expect(Object.keys(opened.manifest.interfaces)).toEqual(names);
}

const tensorsIn = async (path: string): Promise<string[]> => {
  using weights = await openWeights(path);
  return [...weights.tensors.keys()];
};

describe('a language model in small', () => {
  it.each([
    ['chatglm-6b', 'chatglm-6b', { pad: 3, mask: 456, gmask: 457, sop: 460, eop: 461 }],
    [
      'chatglm-6b-150528',
      'chatglm-6b',
      { pad: 20_003, mask: 150_000, gmask: 150_001, sop: 150_004, eop: 150_005 },
    ],
    ['chatglm2-6b', 'chatglm2-6b', undefined],
    ['chatglm3-6b', 'chatglm3-6b', undefined],
    ['glm-4-9b-chat', 'glm-4', undefined],
    ['glm-4-9b-chat-hf', 'glm-4-hf', undefined],
    ['glm-4-9b-0414', 'glm-4-hf', undefined],
  ] as const)('%s is imported and answers', async (name, family, tokens) => {
    const from = await small(name);
    const imported = await importCheckpoint({ from, to: at(name) });
    expect(imported.family).toBe(family);
    if (tokens) expect(imported.manifest.llm.config).toMatchObject({ tokens });
    const left = (await tensorsIn(from)).length - imported.tensors;
    expect(left > 0).toBe(!/hf|0414/.test(name));
    await twoTokens(at(name));
  });

  it('visualglm-6b is imported, and answers about a picture', async () => {
    const { manifest } = await importCheckpoint({ from: await small('visualglm-6b'), to: at('visualglm') });
    expect(manifest.interfaces.image?.encoder.config).toMatchObject({ depth: 2, width: 24 });
    await twoTokens(at('visualglm'), { images: [picture(1, 28)] });
  });
});

describe('interfaces in small', () => {
  it.each(['blip2', 'x-llm'] as const)('%s is known by its tensors and imported', async (name) => {
    const from = await small(name);
    expect(await findForm(from)).toBe('image');
    expect(await tensorsIn(join(from, 'eva_vit_g.pth'))).toContain('blocks.2.attn.q_bias');
    const imported = await importInterfaces({ from, to: at(name), sizes: pthSizes });
    expect(imported.family).toBe(name);
    const { adapter } = imported.manifest.interfaces.image ?? {};
    expect(adapter?.config['outputWidth']).toBe(name === 'x-llm' ? 64 : undefined);
    await hasInterfaces(at(name), ['image']);
  });

  it('blip2-hf is imported without the shard of the language model', async () => {
    const from = await small('blip2-hf');
    await rm(join(from, 'model-00002-of-00002.safetensors'));
    expect(await importInterfaces({ from, to: at('blip2-hf') })).toMatchObject({ family: 'blip2-hf' });
    await hasInterfaces(at('blip2-hf'), ['image']);
  });

  it('paraformer-large becomes a speech interface, with bert-base and with x-llm', async () => {
    const [encoder, cFormer, xLlm] = [
      await small('paraformer-large'),
      await small('bert-base'),
      await small('x-llm'),
    ];
    const fresh = await importInterfaces({ from: encoder, cFormer, to: at('fresh') });
    expect(fresh.untrained).toEqual(['pre_bert_proj.weight', 'pre_bert_proj.bias']);
    await hasInterfaces(at('fresh'), ['speech']);
    // A folder of its own: what says how many heads a BERT of another width has is no configuration of a picture interface.
    const own = join(xLlm, 'speech');
    await mkdir(own);
    await rename(join(xLlm, 'checkpoint_best.pth'), join(own, 'checkpoint_best.pth'));
    await copyFile(join(cFormer, 'config.json'), join(own, 'config.json'));
    const trained = await importInterfaces({ from: encoder, cFormer: own, to: at('trained') });
    expect(trained.untrained).toEqual([]);
    expect(trained.manifest.interfaces.speech?.adapter?.config['outputWidth']).toBe(64);

    await importCheckpoint({ from: await small('chatglm-6b'), to: at('deaf') });
    await addSpeechInterface({ encoder, cFormer, bundle: at('deaf'), to: at('hearing'), name: 'hearing' });
    await twoTokens(at('hearing'), { speech: [voice(1, 1)] });
  });
});

it.each(layoutNames)('%s is a few MB in small', (name) => {
  expect(checkpointBytes(layouts[name].make('small'))).toBeLessThan(6e6);
});

/** Of each file of weights, in GB to two digits. */
const gigabytes = (name: LayoutName) =>
  layouts[name]
    .make('full')
    .weights.flatMap((weights) => [...filesOf(weights).values()])
    .map((tensors) => Math.round(totalBytes(tensors) / 1e7) / 100);

describe('at full size', () => {
  // As https://huggingface.co/THUDM/…/tree/main lists them; README.md has the addresses.
  it.each([
    ['chatglm-6b', [1.74, 1.88, 1.98, 1.91, 1.88, 1.88, 1.07, 1.07]],
    ['chatglm-6b-150528', [1.9, 1.88, 1.98, 1.91, 1.88, 1.88, 1.07, 1.23]],
    ['chatglm2-6b', [1.83, 1.97, 1.93, 1.82, 1.97, 1.93, 1.05]],
    ['chatglm3-6b', [1.83, 1.97, 1.93, 1.82, 1.97, 1.93, 1.05]],
    ['glm-4-9b-chat', [1.95, 1.82, 1.97, 1.93, 1.82, 1.97, 1.93, 1.82, 1.97, 1.65]],
    ['glm-4-9b-chat-hf', [4.98, 4.9, 4.9, 4.03]],
    ['visualglm-6b', [3.99, 3.93, 3.89, 3.97, 2.02]],
    ['paraformer-large', [0.88]],
    ['bert-base', [0.41]],
  ] as const)('%s has shards as large as the hub’s', (name, wanted) => {
    expect(gigabytes(name)).toEqual(wanted);
  });

  // An index has every name: 107 kB, 29.1 kB and 36.6 kB on the hub.
  it.each([
    ['visualglm-6b', 106_998],
    ['glm-4-9b-chat', 29_054],
    ['glm-4-9b-chat-hf', 36_594],
  ] as const)('%s has an index as long as the hub’s', (name, wanted) => {
    expect(layouts[name].make('full').weights.map((weights) => indexOf(weights).length)).toEqual([wanted]);
  });
});
