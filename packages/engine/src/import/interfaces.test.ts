import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnyBundle, openSafetensors } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findForm } from './form.ts';
import { type ImportInterfacesOptions, importInterfaces } from './interfaces.ts';
import { bertFolder, funAsrFolder, goldenFolder } from './speech/testing.ts';
import { blip2Folder, pthFolder, pthSizes } from './testing.ts';

let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-interfaces-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('importInterfaces', () => {
  it('makes BLIP-2 a bundle of interfaces, without the language model’s shard and without an adapter', async () => {
    const from = await blip2Folder(root, { inShards: true });
    await rm(join(from, 'model-00003-of-00003.safetensors'));
    const progress: number[] = [];
    const onProgress = (done: number, total: number) => progress.push(done / total);
    const { manifest, ...said } = await importInterfaces({
      from,
      to: at('blip2'),
      name: 'blip2',
      onProgress,
    });
    expect(said).toMatchObject({ family: 'blip2-hf', untrained: [] });
    expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(manifest).toMatchObject({
      name: 'blip2',
      licence: 'MIT',
      provenance: {
        summary: expect.stringMatching(
          /^The picture interface is that of blip2-\w+ \(BLIP-2 in Hugging Face’s form/,
        ),
        sources: [{ name: 'BLIP-2', licence: 'MIT' }],
      },
      interfaces: { image: { x2l: { config: { width: 32, queries: 4 } } } },
    });
    expect(manifest.interfaces.image).not.toHaveProperty('adapter');

    using bundle = await openAnyBundle(at('blip2')); // hashes everything
    using before = await openSafetensors(join(from, 'model-00002-of-00003.safetensors'));
    expect(bundle.weights('image.safetensors').read('query_tokens')).toEqual(before.read('query_tokens'));
    const names = [...bundle.weights('image.safetensors').tensors.keys()];
    expect(names.filter((name) => /language|proj\.(weight|bias)$/.test(name))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^language/)]),
    );
  });

  it('keeps the adapter that X-LLM’s own checkpoint has', async () => {
    const from = await pthFolder(root, 'image.pth', 'eva_vit_g.pth');
    const { manifest, family } = await importInterfaces({ from, to: at('own'), sizes: pthSizes });
    expect(family).toBe('x-llm');
    expect(manifest.interfaces.image?.adapter).toMatchObject({
      config: { name: 'opt_proj', outputWidth: 36 },
    });
  });

  it('makes Paraformer and BERT one, and says what is untrained', async () => {
    const [from, cFormer] = [await funAsrFolder(root), await bertFolder(root)];
    const { manifest, ...said } = await importInterfaces({ from, cFormer, to: at('ears') });
    expect(said).toMatchObject({
      family: 'paraformer',
      untrained: ['pre_bert_proj.weight', 'pre_bert_proj.bias'],
    });
    expect(manifest.interfaces.speech).toMatchObject({ encoder: { architecture: 'paraformer' } });
    expect(manifest.interfaces.speech).not.toHaveProperty('adapter');
    expect(manifest.licence).toMatch(/FunASR Model License.*; Apache-2\.0/);
    expect(manifest.provenance.summary).toMatch(/pre_bert_proj is UNTRAINED, drawn at random with seed 0: /);
  });

  it('tells where it was fetched from, when that is known', async () => {
    const source = { name: 'owner/blip2@0123', licence: 'Own', url: 'https://example.org/blip2' };
    const from = await blip2Folder(root);
    const { manifest } = await importInterfaces({ from, to: at('fetched'), source });
    expect(manifest).toMatchObject({ licence: 'Own', provenance: { sources: [source] } });
    expect(manifest.provenance.summary).toContain('that of owner/blip2@0123 (');
  });
});

describe('importInterfaces refuses, and writes nothing:', () => {
  const refusal = async (options: Omit<ImportInterfacesOptions, 'to'>) => {
    const error = await importInterfaces({ ...options, to: at('never') }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'CheckpointError' });
    expect(existsSync(at('never'))).toBe(false);
    return error as { readonly code: string; readonly message: string };
  };

  it('a Paraformer alone, and options that are of the other modality', async () => {
    const [ears, eyes, cFormer] = [await funAsrFolder(root), await blip2Folder(root), await bertFolder(root)];
    expect(await refusal({ from: ears })).toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/is a Paraformer, which takes a C-Former .* with --c-former$/),
    });
    expect((await refusal({ from: ears, cFormer, family: 'blip2' })).message).toMatch(
      /is a Paraformer, which --family blip2 is none of/,
    );
    expect((await refusal({ from: eyes, cFormer })).message).toMatch(/nothing for a --c-former to do/);
    expect((await refusal({ from: ears, modality: 'image' })).message).toMatch(/no interface for pictures/);
    expect(await refusal({ from: eyes, modality: 'speech' })).toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/config\.yaml: no such file; give a folder as FunASR has it/),
    });
  });

  it('a shard that is needed and not there, and every tensor that is missing', async () => {
    const from = await blip2Folder(root, { inShards: true });
    const index = join(from, 'model.safetensors.index.json');
    await rm(join(from, 'model-00002-of-00003.safetensors'));
    expect(await refusal({ from })).toMatchObject({
      code: 'missing_file',
      message: expect.stringMatching(/1 of 2 shards are not here: model-00002-of-00003\.safetensors/),
    });
    const { weight_map: all } = JSON.parse(await readFile(index, 'utf8'));
    const seen = Object.entries(all).filter(([name]) => name.startsWith('vision_model.'));
    await writeFile(index, JSON.stringify({ weight_map: Object.fromEntries(seen) }));
    const { code, message } = await refusal({ from });
    expect(code).toBe('missing_tensors');
    expect(message).toMatch(/71 missing: query_tokens, qformer\.layernorm\.weight, /);
  });
});

describe('findForm', () => {
  it.each([
    ['VisualGLM-6B', 'model', () => join(goldenFolder, 'visualglm-6b')],
    ['GLM', 'model', () => join(goldenFolder, 'glm-4-9b-hf')],
    ['BLIP-2 in Hugging Face’s form', 'image', () => blip2Folder(root)],
    ['LAVIS’s .pth', 'image', () => pthFolder(root, 'lavis.pth', 'eva_vit_g.pth')],
    ['Paraformer', 'speech', () => funAsrFolder(root)],
  ])('%s is a checkpoint of %s', async (_, form, folder) => {
    expect(await findForm(await folder())).toBe(form);
  });

  it('goes by a family that is said, and says what it does not know', async () => {
    expect(await findForm(at('nowhere'), 'blip2')).toBe('image');
    expect(await findForm(at('nowhere'), 'visualglm-6b')).toBe('model');
    await expect(findForm(at('nowhere'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(findForm(await bertFolder(root))).rejects.toThrow(
      /no family that this version knows.*"bert"/,
    );
    const both = await mkdtemp(join(root, 'model-'));
    await cp(join(goldenFolder, 'chatglm3-6b/config.json'), join(both, 'config.json'));
    await expect(findForm(both)).rejects.toThrow(/chatglm2-6b or chatglm3-6b; say which with --family/);
  });
});
