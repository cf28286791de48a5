/** Speech as it is published: Paraformer-large of FunASR, and BERT, which a C-Former is made of. */
import { cFormerLayout, paraformerLayout } from '@x-llm/engine/import';
import { funAsrYaml, mvnText } from '@x-llm/engine/testing';
import { cFormerBase } from '@x-llm/models';
import { type Checkpoint, linear, type NamedShape, norm, type Size, tensorsOf } from './checkpoint.ts';
import type { Layout } from './layouts.ts';

const frontEnd = { melBins: 80, stack: 7, step: 6 };
/** Of `decoder.output_layer`. */
const characters = { full: 8404, small: 10 } as const;
const paraformer = {
  full: { ...frontEnd, width: 512, feedForwardWidth: 2048, blocks: 50, decoderBlocks: 16, bias: 1 },
  small: { ...frontEnd, width: 32, feedForwardWidth: 64, blocks: 3, decoderBlocks: 2, bias: 1 },
} as const;

/** What writes text there, and the importer leaves behind. */
function decoder(size: Size): NamedShape[] {
  const { width, feedForwardWidth, decoderBlocks } = paraformer[size];
  const feedForward = (block: string): NamedShape[] => [
    ...norm(`${block}.norm1`, width),
    ...linear(`${block}.feed_forward.w_1`, feedForwardWidth, width),
    [`${block}.feed_forward.w_2.weight`, [width, feedForwardWidth]],
    ...norm(`${block}.feed_forward.norm`, feedForwardWidth),
  ];
  const attention = (block: string): NamedShape[] => [
    [`${block}.self_attn.fsmn_block.weight`, [width, 1, 11]],
    ...norm(`${block}.norm2`, width),
    ...norm(`${block}.norm3`, width),
    ...linear(`${block}.src_attn.linear_q`, width, width),
    ...linear(`${block}.src_attn.linear_k_v`, 2 * width, width),
    ...linear(`${block}.src_attn.linear_out`, width, width),
  ];
  const blocks = Array.from({ length: decoderBlocks }, (_, at) => `decoder.decoders.${at}`);
  return [
    ['decoder.embed.0.weight', [characters[size], width]],
    ...blocks.flatMap((block) => [...feedForward(block), ...attention(block)]),
    ...feedForward('decoder.decoders3.0'),
    ...norm('decoder.after_norm', width),
    ...linear('decoder.output_layer', characters[size], width),
  ];
}

function funAsr(size: Size): Checkpoint {
  const yaml = funAsrYaml(paraformer[size]);
  const columns = frontEnd.melBins * frontEnd.stack;
  const cmvn = {
    shift: Array.from({ length: columns }, (_, at) => -8 - (at % frontEnd.melBins) / 20),
    scale: Array.from({ length: columns }, (_, at) => 0.15 + (at % frontEnd.melBins) / 1000),
  };
  return {
    texts: { 'config.yaml': yaml, 'am.mvn': mvnText(cmvn) },
    weights: [
      { file: 'model.pt', shards: [tensorsOf([...paraformerLayout(yaml), ...decoder(size)], 'float32')] },
    ],
  };
}

const smallCFormer = {
  ...cFormerBase,
  inputWidth: paraformer.small.width,
  width: 32,
  layers: 2,
  heads: 4,
  feedForwardWidth: 64,
  maxPositions: 64,
  outputWidth: 64,
};

export const cFormerOf = (size: Size) => (size === 'small' ? smallCFormer : cFormerBase);
const wordsOf = (size: Size): number => (size === 'small' ? 13 : 21_128);

/** What a BERT has under `prefix` beside its layers. */
export function unreadBert(prefix: string, size: Size): NamedShape[] {
  const { width } = cFormerOf(size);
  return [
    [`${prefix}.embeddings.word_embeddings.weight`, [wordsOf(size), width]],
    ...linear(`${prefix}.pooler.dense`, width, width),
  ];
}

/** What tells words. `cls.predictions.decoder` has the numbers of `word_embeddings`, and is left out. */
function heads(size: Size): NamedShape[] {
  const { width } = cFormerOf(size);
  const transform = 'cls.predictions.transform';
  return [
    ['cls.predictions.bias', [wordsOf(size)]],
    ...linear(`${transform}.dense`, width, width),
    [`${transform}.LayerNorm.gamma`, [width]],
    [`${transform}.LayerNorm.beta`, [width]],
    ...linear('cls.seq_relationship', 2, width),
  ];
}

function bert(size: Size): Checkpoint {
  const sizes = cFormerOf(size);
  const config = {
    architectures: ['BertForMaskedLM'],
    attention_probs_dropout_prob: 0.1,
    hidden_act: 'gelu',
    hidden_dropout_prob: 0.1,
    hidden_size: sizes.width,
    initializer_range: 0.02,
    intermediate_size: sizes.feedForwardWidth,
    layer_norm_eps: sizes.epsilon,
    max_position_embeddings: sizes.maxPositions,
    model_type: 'bert',
    num_attention_heads: sizes.heads,
    num_hidden_layers: sizes.layers,
    pad_token_id: 0,
    type_vocab_size: sizes.tokenTypes,
    vocab_size: wordsOf(size),
  };
  const shapes = [...cFormerLayout('bert', sizes), ...unreadBert('bert', size), ...heads(size)];
  return {
    texts: { 'config.json': JSON.stringify(config, null, 2) },
    weights: [{ file: 'model.safetensors', shards: [tensorsOf(shapes, 'float32')] }],
  };
}

export const speechLayouts = {
  'paraformer-large': { about: 'Paraformer-large of FunASR, with its decoder', make: funAsr },
  'bert-base': { about: 'BERT-base of the Chinese language, for a C-Former', make: bert },
} as const satisfies Record<string, Layout>;
