/** Checkpoints of pictures as they are published, small: the goldens' weights, in the layout of their makers. */
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTorch, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import type { ImageSizes } from './image.ts';
import { goldenFolder } from './speech/testing.ts';

/** Of the golden folder `x-llm-image`; its `.pth` files have no configuration. */
export const pthSizes = {
  encoder: { imageSize: 28, width: 32, depth: 2, heads: 4, mlpWidth: 139, positionGrid: 2 },
  x2l: { width: 32, layers: 3, heads: 4, feedForwardWidth: 64, encoderWidth: 32, queries: 4 },
} as const satisfies ImageSizes;

/** A folder with files of the golden folder `x-llm-image`: `eva_vit_g.pth` and one of the others. */
export async function pthFolder(root: string, ...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(root, 'pth-'));
  for (const file of files) await cp(join(goldenFolder, 'x-llm-image', file), join(folder, file));
  return folder;
}

/** Where the tensors of a BLIP-2 in shards are: the last has nothing but the language model. */
const shardOf = (name: string): number => {
  if (/^(vision_model|language_projection)\./.test(name)) return 1;
  return name === 'language_model.model.decoder.embed_tokens.weight' || /^(qformer|query)/.test(name) ? 2 : 3;
};
const shards = [1, 2, 3].map((at) => `model-0000${at}-of-00003.safetensors`);

/** The golden weights as Hugging Face names them, by its own conversion's replacements, with `config.json`. */
export async function blip2Folder(
  root: string,
  { inShards = false }: { readonly inShards?: boolean } = {},
): Promise<string> {
  const folder = await mkdtemp(join(root, 'blip2-'));
  const named = await blip2Tensors();
  if (inShards) {
    for (const [at, shard] of shards.entries()) {
      const own = named.filter(({ name }) => shardOf(name) === at + 1);
      await writeSafetensors(join(folder, shard), own);
    }
    const places = named.map(({ name }) => [name, shards[shardOf(name) - 1]]);
    const index = { weight_map: Object.fromEntries(places) };
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
  } else {
    await writeSafetensors(join(folder, 'model.safetensors'), named);
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(blip2Config));
  return folder;
}

async function blip2Tensors(): Promise<TensorSource[]> {
  const named: TensorSource[] = [];
  const add = (name: string, shape: readonly number[], data: Float32Array) =>
    named.push({ name, dtype: 'float32', shape, data });
  using vit = await openTorch(join(goldenFolder, 'x-llm-image/eva_vit_g.pth'));
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
  using rest = await openTorch(join(goldenFolder, 'x-llm-image/image-bare.pth'));
  for (const [name, { shape }] of rest.tensors) {
    if (!/^(query_tokens|ln_vision|Qformer)/.test(name) || name.endsWith('position_ids')) continue;
    const theirs = name
      .replace('ln_vision', 'vision_model.post_layernorm')
      .replace('Qformer.bert.embeddings.LayerNorm', 'qformer.layernorm')
      .replace('Qformer.bert', 'qformer')
      .replace('.self.', '.attention.');
    add(theirs, shape, rest.readFloat32(name));
  }
  add('language_model.model.decoder.embed_tokens.weight', [3, 8], new Float32Array(24));
  add('language_model.lm_head.weight', [3, 8], new Float32Array(24));
  add('language_projection.weight', [8, 32], new Float32Array(256));
  add('qformer.encoder.layer.0.intermediate.dense.bias', [64], new Float32Array(64));
  return named;
}

const blip2Config = {
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
