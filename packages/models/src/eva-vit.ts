/**
 * EVA ViT: the frozen image encoder of BLIP-2 and X-LLM.
 *
 * Paper: EVA-CLIP (arXiv 2303.15389), ViT-g/14 as BLIP-2 (arXiv 2301.12597) takes it: one block fewer than was
 * pre-trained, no final norm, the class token kept, then `ln_vision`.
 * Reference: LAVIS `lavis/models/eva_vit.py` @ 506965b. Names of parameters are LAVIS's.
 */
import {
  add,
  concat,
  conv,
  expand,
  gelu,
  type Parameters,
  reshape,
  split,
  type Tensor,
  transpose,
  zeros,
} from '@x-llm/onnx';
import { type ConvStem, convStem, stemStride } from './conv-stem.ts';
import type { Section } from './key-value-cache.ts';
import { attention, layerNorm, linear, splitHeads } from './layers.ts';
import { resizePositions } from './position-embedding.ts';

export interface EvaVitConfig {
  /** Pictures are square, this many pixels a side. */
  readonly imageSize: number;
  readonly patchEmbedding: { readonly kind: 'patch'; readonly size: number } | ConvStem;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** Side of the grid that the stored position embeddings are for; they are resized if it is not the picture's. */
  readonly positionGrid: number;
  /** Of the norms inside the blocks. */
  readonly blockEpsilon: number;
  /** Of `ln_vision`: LAVIS uses 1e-5, while the transformers library as shipped uses 1e-6. */
  readonly outputEpsilon: number;
}

/** ViT-g/14 of eva_vit_g.pth, as in BLIP-2, VisualGLM-6B and X-LLM. */
export const evaVitG: EvaVitConfig = {
  imageSize: 224,
  patchEmbedding: { kind: 'patch', size: 14 },
  width: 1408,
  depth: 39,
  heads: 16,
  mlpWidth: 6144, // int(1408 · 4.3637)
  positionGrid: 16,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};

/** Patches along one side of a picture. */
export function patchGrid({ imageSize, patchEmbedding }: EvaVitConfig): number {
  const stride = patchEmbedding.kind === 'patch' ? patchEmbedding.size : stemStride(patchEmbedding);
  if (imageSize % stride === 0) return imageSize / stride;
  throw new RangeError(`pictures of ${imageSize} pixels do not divide into patches of ${stride}`);
}

/** Tokens that a picture becomes: its patches and the class token. */
export const imageTokens = (config: EvaVitConfig): number => patchGrid(config) ** 2 + 1;

/** `pixels` [B, 3, S, S], normalised → [B, P, C]. */
export function embedPatches(config: EvaVitConfig, parameters: Parameters, pixels: Tensor): Tensor {
  const { patchEmbedding: patch, width } = config;
  if (patch.kind === 'conv-stem') return convStem(patch, parameters, pixels, width);
  const proj = parameters.at('proj');
  const weight = proj.get('weight', [width, 3, patch.size, patch.size]);
  return tokens(conv(pixels, weight, proj.get('bias', [width]), { stride: patch.size }));
}

/** [B, C, h, w] → [B, P, C], row by row. */
function tokens(x: Tensor): Tensor {
  const [batch = 1, channels = 1, rows, columns] = x.shape;
  const flat = reshape(x, [batch, channels, Number(rows) * Number(columns)]); // [B, C, P]
  return transpose(flat, [0, 2, 1]);
}

/** The stored position embeddings, resized to the picture's grid: [1, 1 + P, C]. */
export function positionEmbedding(config: EvaVitConfig, parameters: Parameters): Tensor {
  const { positionGrid, width } = config;
  const stored = parameters.get('pos_embed', [1, 1 + positionGrid ** 2, width]);
  return resizePositions(stored, positionGrid, patchGrid(config));
}

function selfAttention(config: EvaVitConfig, parameters: Parameters, x: Tensor): Tensor {
  const { width, heads } = config;
  // Keys have no bias: it would add the same to every score of a row.
  const keyBias = zeros(x.graph, 'float32', [width]);
  const bias = concat([parameters.get('q_bias', [width]), keyBias, parameters.get('v_bias', [width])], 0);
  const qkv = add(linear(parameters.at('qkv'), x, 3 * width, { bias: false }), bias); // [B, N, 3C]
  const [query, key, value] = split(qkv, 2, [width, width, width]).map((part) => splitHeads(part, heads));
  if (!query || !key || !value) throw new Error('three parts');
  return linear(parameters.at('proj'), attention({ query, key, value }), width);
}

function mlp({ mlpWidth, width }: EvaVitConfig, parameters: Parameters, x: Tensor): Tensor {
  return linear(parameters.at('fc2'), gelu(linear(parameters.at('fc1'), x, mlpWidth)), width);
}

function block(config: EvaVitConfig, parameters: Parameters, x: Tensor): Tensor {
  const epsilon = config.blockEpsilon;
  const attended = add(
    x,
    selfAttention(config, parameters.at('attn'), layerNorm(parameters.at('norm1'), x, epsilon)),
  );
  return add(
    attended,
    mlp(config, parameters.at('mlp'), layerNorm(parameters.at('norm2'), attended, epsilon)),
  );
}

export interface EvaVitOutputs {
  /** [B, P, C]: before the class token and the positions. */
  readonly patches: Tensor;
  /** After each block, [B, 1 + P, C]. */
  readonly blocks: readonly Tensor[];
  /** What the Q-Former reads, `ln_vision` of the last block: [B, 1 + P, C]. */
  readonly output: Tensor;
}

/** Class token, patches and positions: `pixels` [B, 3, S, S] → what the first block reads, [B, 1 + P, C]. */
function embed(
  config: EvaVitConfig,
  parameters: Parameters,
  pixels: Tensor,
): { readonly patches: Tensor; readonly x: Tensor } {
  const { graph } = pixels;
  const [batch = 1] = pixels.shape;
  const patches = graph.scope('patch-embed', () =>
    embedPatches(config, parameters.at('patch_embed'), pixels),
  );
  const cls = expand(parameters.get('cls_token', [1, 1, config.width]), [batch, 1, config.width]);
  return { patches, x: add(concat([cls, patches], 1), positionEmbedding(config, parameters)) };
}

/** What blocks `from` up to `to` give, each from what the one before it gives: [B, 1 + P, C]. */
function runBlocks(
  config: EvaVitConfig,
  parameters: Parameters,
  first: Tensor,
  { from, to }: Section,
): Tensor[] {
  let x = first;
  return Array.from({ length: to - from }, (_, index) => {
    const at = from + index;
    x = first.graph.scope(`block.${at}`, () => block(config, parameters.at(`blocks.${at}`), x));
    return x;
  });
}

/**
 * `pixels` [B, 3, S, S], normalised; `parameters` hold `visual_encoder.*` and `ln_vision.*`.
 *
 * ```ts
 * const { output } = evaVit(evaVitG, parameters, graph.input('pixels', 'float32', ['B', 3, 224, 224]));
 * ```
 */
export function evaVit(config: EvaVitConfig, parameters: Parameters, pixels: Tensor): EvaVitOutputs {
  return pixels.graph.scope('eva-vit', () => {
    const encoder = parameters.at('visual_encoder');
    const { patches, x } = embed(config, encoder, pixels);
    const blocks = runBlocks(config, encoder, x, { from: 0, to: config.depth });
    const output = layerNorm(parameters.at('ln_vision'), blocks.at(-1) ?? x, config.outputEpsilon);
    return { patches, blocks, output };
  });
}

/**
 * Blocks `from` up to `to` alone, for encoders that are divided into several graphs: the first section reads pixels as
 * `evaVit` does, the others what the section before gives, [B, 1 + P, C]; the last gives the `output` of `evaVit`.
 */
export function evaVitSection(
  config: EvaVitConfig,
  parameters: Parameters,
  input: Tensor,
  section: Section,
): Tensor {
  return input.graph.scope('eva-vit', () => {
    const encoder = parameters.at('visual_encoder');
    const first = section.from === 0 ? embed(config, encoder, input).x : input;
    const x = runBlocks(config, encoder, first, section).at(-1) ?? first;
    return section.to < config.depth ? x : layerNorm(parameters.at('ln_vision'), x, config.outputEpsilon);
  });
}
