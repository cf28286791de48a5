/** Picture interfaces of LAVIS, X-LLM and Hugging Face, from files as they are published to what the goldens expect. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors, openTorch, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import { type ImageImportOptions, openImageInterface } from '@x-llm/engine/import';
import { Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare, passes, relative, type Values } from './comparison.ts';
import { goldenRoot } from './folder.ts';
import { seenThroughImport } from './imported-image.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-image-imports-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Those of the golden folder `video`; the `.pth` files have no configuration. */
const sizes = {
  encoder: { imageSize: 28, width: 32, depth: 2, heads: 4, mlpWidth: 139, positionGrid: 2 },
  x2l: { width: 32, layers: 3, heads: 4, feedForwardWidth: 64, encoderWidth: 32, queries: 4 },
};

async function folderOf(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(root, 'checkpoint-'));
  for (const file of files) await cp(join(goldenRoot, 'x-llm-image', file), join(folder, file));
  return folder;
}

/** What the golden folder expects of its frames, [B, T, …] as [B·T, …]. */
async function expected() {
  using inputs = await openSafetensors(join(goldenRoot, 'video/inputs.safetensors'));
  using outputs = await openSafetensors(join(goldenRoot, 'video/expected.safetensors'));
  const [batch = 0, frames = 0, ...picture] = inputs.info('video').shape;
  const pixels = Tensor.from('float32', new Float32Array(inputs.readFloat32('video')), [
    batch * frames,
    ...picture,
  ]);
  const values = (name: string): Values => ({ shape: outputs.info(name).shape, data: outputs.read(name) });
  return { pixels, states: values('image_embeds'), embeddings: values('image_branch_per_frame') };
}

function expectClose(actual: Values | undefined, wanted: Values): void {
  const found = compare('values', actual && { ...actual, shape: wanted.shape }, wanted, relative(3e-5));
  expect(found, JSON.stringify(found.problem)).toSatisfy(passes);
}

const seen = async (options: Omit<ImageImportOptions, 'sizes'>) =>
  seenThroughImport({ sizes, ...options }, (await expected()).pixels);

test.each(['image.pth', 'image-bare.pth'])('X-LLM’s %s gives what X-LLM gives', async (file) => {
  const from = await folderOf(file, 'eva_vit_g.pth');
  using image = await openImageInterface({ from, sizes });
  expect(image.family).toBe('x-llm'); // told by its queries for video
  expect(image.interface.adapter?.config).toEqual({ width: 32, outputWidth: 36, name: 'opt_proj' });
  const { states, embeddings } = await expected();
  const found = await seen({ from });
  expectClose(found.get('states'), states);
  expectClose(found.get('embeddings'), embeddings);
});

test('LAVIS’s stage 1 gives the same rows, and has nothing that leads to a language model', async () => {
  const from = await folderOf('lavis.pth', 'eva_vit_g.pth');
  using image = await openImageInterface({ from, sizes });
  expect(image.family).toBe('blip2');
  expect(image.interface).not.toHaveProperty('adapter');
  const found = await seen({ from });
  const xLlm = await seen({ from: await folderOf('image.pth', 'eva_vit_g.pth') });
  expect([...found.keys()]).toEqual(['states', 'rows']);
  expect(found.get('rows')).toEqual(xLlm.get('rows'));
});

test('Hugging Face’s form gives the same rows, with its language model left behind', async () => {
  const from = await huggingFace();
  using image = await openImageInterface({ from });
  expect(image.family).toBe('blip2-hf');
  expect(image.interface.encoder.config).toMatchObject({ ...sizes.encoder, blockEpsilon: 1e-6 });
  expect(image.interface.x2l.config).toMatchObject(sizes.x2l);
  expect(image.interface).not.toHaveProperty('adapter');
  const found = await seenThroughImport({ from }, (await expected()).pixels);
  const xLlm = await seen({ from: await folderOf('image.pth', 'eva_vit_g.pth') });
  const rows = xLlm.get('rows');
  if (!rows) throw new Error('no rows');
  expectClose(found.get('rows'), rows);
});

test('a VisualGLM-6B gives its interface alone', async () => {
  using image = await openImageInterface({ from: join(goldenRoot, 'visualglm-6b'), hiddenSize: 64 });
  expect(image.family).toBe('visualglm-6b');
  expect(image.interface.adapter?.config).toMatchObject({ outputWidth: 64 });
  expect(image.tensors.map(({ name }) => name)).toContain(
    'Qformer.bert.encoder.layer.2.output_query.LayerNorm.bias',
  );
});

/** The golden weights as Hugging Face names them, by its own conversion's replacements. */
async function huggingFace(): Promise<string> {
  const folder = await mkdtemp(join(root, 'hf-'));
  const named: TensorSource[] = [];
  const add = (name: string, shape: readonly number[], data: Float32Array) =>
    named.push({ name, dtype: 'float32', shape, data });
  using vit = await openTorch(join(goldenRoot, 'x-llm-image/eva_vit_g.pth'));
  for (const [name, { shape }] of vit.tensors) {
    if (/^(norm|head|blocks\.2)\./.test(name) || /[qv]_bias$/.test(name)) continue;
    const theirs = name
      .replace(/^cls_token$/, 'embeddings.class_embedding')
      .replace(/^pos_embed$/, 'embeddings.position_embedding')
      .replace(/^patch_embed\.proj/, 'embeddings.patch_embedding')
      .replace(/^blocks/, 'encoder.layers')
      .replace(/norm([12])/, 'layer_norm$1')
      .replace('attn.proj', 'attn.projection')
      .replace('attn.', 'self_attn.');
    add(`vision_model.${theirs}`, shape, vit.readFloat32(name));
  }
  for (const block of [0, 1]) {
    const bias = new Float32Array(96);
    bias.set(vit.readFloat32(`blocks.${block}.attn.q_bias`), 0);
    bias.set(vit.readFloat32(`blocks.${block}.attn.v_bias`), 64);
    add(`vision_model.encoder.layers.${block}.self_attn.qkv.bias`, [96], bias);
  }
  using rest = await openTorch(join(goldenRoot, 'x-llm-image/image-bare.pth'));
  for (const [name, { shape }] of rest.tensors) {
    if (!/^(query_tokens|ln_vision|Qformer)/.test(name) || name.endsWith('position_ids')) continue;
    const theirs = name
      .replace('ln_vision', 'vision_model.post_layernorm')
      .replace('Qformer.bert.embeddings.LayerNorm', 'qformer.layernorm')
      .replace('Qformer.bert', 'qformer')
      .replace('.self.', '.attention.');
    add(theirs, shape, rest.readFloat32(name));
  }
  add('language_model.lm_head.weight', [3, 8], new Float32Array(24));
  add('language_projection.weight', [8, 32], new Float32Array(256));
  add('qformer.encoder.layer.0.intermediate.dense.bias', [64], new Float32Array(64));
  await writeSafetensors(join(folder, 'model.safetensors'), named);
  const config = {
    model_type: 'blip-2',
    num_query_tokens: 4,
    vision_config: {
      hidden_size: 32,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      intermediate_size: 139,
      image_size: 28,
    },
    qformer_config: {
      hidden_size: 32,
      num_hidden_layers: 3,
      num_attention_heads: 4,
      intermediate_size: 64,
      encoder_hidden_size: 32,
    },
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}
