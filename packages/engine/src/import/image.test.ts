import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageImportOptions, openImageInterface } from './image.ts';
import { imageFamilies } from './image-families.ts';
import { imageFamilyNames } from './image-family.ts';
import { importCheckpoint } from './import.ts';
import { placesBy } from './tensors.ts';
import { pthFolder, pthSizes } from './testing.ts';

const golden = join(import.meta.dirname, '../../../../tests/parity/golden');
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-image-'));
});
afterAll(() => rm(root, { recursive: true }));

const sizes = pthSizes;
const pth = (...files: string[]) => pthFolder(root, ...files);

/** VisualGLM-6B with `change` in its configuration. */
async function visualGlm(change: Record<string, unknown> = {}): Promise<string> {
  const folder = await mkdtemp(join(root, 'visualglm-'));
  await cp(join(golden, 'visualglm-6b'), folder, { recursive: true });
  await cp(join(golden, 'tokenizer/ice_text.model'), join(folder, 'ice_text.model'));
  const path = join(folder, 'config.json');
  const config = JSON.parse(await readFile(path, 'utf8'));
  for (const part of ['eva_config', 'qformer_config'])
    if (change[part]) config[part] = { ...config[part], ...(change[part] as object) };
  const { eva_config: _, qformer_config: __, ...flat } = change;
  await writeFile(path, JSON.stringify({ ...config, ...flat }));
  return folder;
}

const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: 'CheckpointError' });
  return error as { readonly code: string; readonly message: string };
};
const opening = (options: ImageImportOptions) =>
  refusal(openImageInterface(options).then((image) => image[Symbol.dispose]()));

describe('a checkpoint of VisualGLM-6B with something wrong', () => {
  const importing = async (change: Record<string, unknown>) =>
    refusal(importCheckpoint({ from: await visualGlm(change), to: join(root, 'never') }));

  it('says in one error what is wrong with all parts', async () => {
    const { code, message } = await importing({
      num_layers: 4,
      image_length: 9,
      eva_config: { num_layers: 1, inner_hidden_size: 44 },
    });
    expect(code).toBe('missing_tensors');
    const [missing, odd, extra, ...more] = message.split('\n');
    expect(more).toEqual([]);
    expect(missing).toMatch(/12 missing: transformer\.layers\.3\.input_layernorm\.weight, /);
    expect(missing).not.toContain('image_encoder');
    expect(odd).toBe(
      '4 of another kind: image_encoder.vit.transformer.layers.0.mlp.dense_h_to_4h.weight is [40,24], not [44,24]; ' +
        'image_encoder.vit.transformer.layers.0.mlp.dense_h_to_4h.bias is [40], not [44]; ' +
        'image_encoder.vit.transformer.layers.0.mlp.dense_4h_to_h.weight is [24,40], not [24,44]; ' +
        'image_encoder.qformer.transformer.word_embeddings.weight is [8,32], not [9,32]',
    );
    expect(extra).toMatch(
      /^12 that the model has no place for: image_encoder\.vit\.transformer\.layers\.1\./,
    );
  });

  it.each([
    [
      'a part that is missing whole',
      { qformer_config: { num_layers: 4 } },
      'missing_tensors',
      // What ends its layer 2 begins layer 3 there, and the norm behind all layers moves on.
      /12 missing: image_encoder\.qformer\.transformer\.layers\.3\.input_layernorm\.weight, /,
    ],
    [
      'joined matrices of another height',
      {
        eva_config: { hidden_size: 32, num_attention_heads: 4 },
        qformer_config: { cross_attn_hidden_size: 32 },
      },
      'missing_tensors',
      /query_key_value\.bias is \[72\], not \[96\]; /,
    ],
    [
      'parts that do not fit together',
      { qformer_config: { cross_attn_hidden_size: 32 } },
      'invalid_config',
      /the Q-Former reads rows of 32, the encoder gives rows of 24/,
    ],
    [
      'norms in another order',
      { eva_config: { layernorm_order: 'sandwich' } },
      'invalid_config',
      /eva_config\.layernorm_order is "sandwich", not "pre"/,
    ],
    [
      'heads that do not divide',
      { eva_config: { num_attention_heads: 7 } },
      'invalid_config',
      /multiple of heads/,
    ],
    ['a size that is none', { eva_config: { patch_size: 'x' } }, 'invalid_config', /is not a number/],
  ])('%s', async (_, change, code, message) => {
    expect(await importing(change)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('half a download', async () => {
    const from = await visualGlm();
    const path = join(from, 'pytorch_model-00003-of-00003.bin');
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 50_000));
    const importing = () => refusal(importCheckpoint({ from, to: join(root, 'never') }));
    expect(await importing()).toMatchObject({
      code: 'invalid_archive',
      message: expect.stringMatching(/00003-of-00003\.bin: not a whole zip archive .*fetch it again/),
    });
    await rm(path);
    expect(await importing()).toMatchObject({
      code: 'missing_file',
      message: expect.stringMatching(/1 of 3 shards are not here: pytorch_model-00003-of-00003\.bin/),
    });
  });
});

describe('an interface', () => {
  it('is refused when it leads to another width than the language model has', async () => {
    const from = await pth('image.pth', 'eva_vit_g.pth');
    const { code, message } = await opening({ from, sizes, hiddenSize: 64 });
    expect(code).toBe('missing_tensors');
    expect(message).toMatch(
      /: 2 of another kind: opt_proj\.weight is \[36,32\], not \[64,32\]; opt_proj\.bias is \[36\], not \[64\]$/,
    );
  });

  it('of LAVIS needs the encoder’s file, and one of the Q-Former', async () => {
    expect(await opening({ from: await pth('lavis.pth'), sizes })).toMatchObject({
      code: 'missing_file',
      message: expect.stringMatching(/there is no eva_vit_g\.pth, the encoder of pictures; fetch it, too/),
    });
    expect(await opening({ from: await pth('eva_vit_g.pth'), sizes })).toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/no file of weights beside eva_vit_g\.pth/),
    });
    const three = await pth('image.pth', 'lavis.pth', 'eva_vit_g.pth');
    expect((await opening({ from: three, sizes })).message).toMatch(
      /2 files of weights, image\.pth, lavis\.pth,? beside/,
    );
    expect((await opening({ from: join(root, 'nothing') })).code).toBe('not_found');
  });

  it('of another size than BLIP-2’s is not taken for it', async () => {
    const from = await pth('lavis.pth', 'eva_vit_g.pth');
    const { code, message } = await opening({ from });
    expect(code).toBe('missing_tensors');
    expect(message).toMatch(/visual_encoder\.pos_embed is \[1,5,32\], not \[1,257,1408\]/);
    expect(message).toMatch(/652 missing: .*visual_encoder\.blocks\.3\.norm1\.weight, .*, and \d+ more\n/);
  });

  it('leaves one block of the encoder behind, not more', async () => {
    const from = await pth('lavis.pth', 'eva_vit_g.pth');
    const shallow = { ...sizes, encoder: { ...sizes.encoder, depth: 1 } };
    const { message } = await opening({ from, sizes: shallow });
    expect(message).toMatch(/: 13 that the model has no place for: visual_encoder\.blocks\.2\./);
    expect(message).not.toContain('blocks.1.');
  });

  it('of half a .pth is refused', async () => {
    const from = await pth('image.pth', 'eva_vit_g.pth');
    const path = join(from, 'eva_vit_g.pth');
    await writeFile(path, (await readFile(path)).subarray(0, 100_000));
    expect(await opening({ from, sizes })).toMatchObject({
      code: 'invalid_archive',
      message: expect.stringMatching(/eva_vit_g\.pth: not a whole zip archive/),
    });
  });

  it('may have to be said whose it is', async () => {
    const folder = await mkdtemp(join(root, 'config-'));
    const projection = {
      name: 'opt_proj.weight',
      dtype: 'float32',
      shape: [1],
      data: Float32Array.of(1),
    } as const;
    await writeSafetensors(join(folder, 'stage2.safetensors'), [projection]);
    expect((await opening({ from: folder })).message).toMatch(/may be of blip2 or x-llm; say which/);
    expect((await opening({ from: folder, family: 'x-llm' })).message).toMatch(/there is no eva_vit_g\.pth/);
    await writeFile(join(folder, 'config.json'), JSON.stringify({ model_type: 'llava' }));
    expect(await opening({ from: folder })).toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/\(model_type "llava"\); it knows visualglm-6b, blip2-hf, blip2, x-llm/),
    });
  });

  it('without a language model of X-LLM’s is not made a bundle', async () => {
    const from = await mkdtemp(join(root, 'blip2-'));
    await writeFile(join(from, 'config.json'), JSON.stringify({ model_type: 'blip-2' }));
    expect(await refusal(importCheckpoint({ from, to: join(root, 'never') }))).toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/is of blip2-hf .*only its interface for pictures can be used$/),
    });
  });

  it('of LAVIS has a projection to OPT, which is not taken for one to ChatGLM', async () => {
    const from = await pth('image.pth', 'eva_vit_g.pth');
    const { message } = await opening({ from, sizes, family: 'blip2' });
    // Of X-LLM alone: LAVIS has no such tensors.
    expect(message).toMatch(/: 5 that the model has no place for: .*video_query_tokens/);
    expect(message).not.toContain('opt_proj');
  });
});

describe('the tables', () => {
  it.each(imageFamilyNames)(
    '%s gives no two parameters the same place, and none without a rule for its names',
    (name) => {
      const { encoder, x2l } = imageFamilies[name];
      const rules = [...encoder.tensors, ...x2l.tensors];
      const keys = rules.map(({ theirs, part }) => `${theirs} ${JSON.stringify(part)}`);
      expect(new Set(keys).size).toBe(keys.length);
      const places = placesBy(rules, 39);
      if (rules.length === 0) return;
      expect(places('visual_encoder.blocks.7.attn.v_bias')).toMatchObject({ part: { at: 2, of: 3 } });
      expect(places('visual_encoder.blocks.7.attn.v_bias').name).toMatch(/layers\.7\..*\.bias$/);
    },
  );

  it('shift the norms of VisualGLM-6B by a layer', () => {
    const places = placesBy(imageFamilies['visualglm-6b'].x2l.tensors, 12);
    const norm = (layer: number) =>
      places(`Qformer.bert.encoder.layer.${layer}.output_query.LayerNorm.bias`).name;
    expect(norm(0)).toBe('image_encoder.qformer.transformer.layers.1.input_layernorm.bias');
    expect(norm(10)).toBe('image_encoder.qformer.transformer.layers.11.input_layernorm.bias');
    expect(norm(11)).toBe('image_encoder.qformer.transformer.final_layernorm.bias');
  });
});
