/** Public checkpoints by their sizes: `config.json` of the hub, as far as an importer reads it. */
import type { GlmConfig } from '@x-llm/models';

export const chatGlm3 = {
  _name_or_path: 'THUDM/chatglm3-6b',
  model_type: 'chatglm',
  add_bias_linear: false,
  add_qkv_bias: true,
  apply_residual_connection_post_layernorm: false,
  ffn_hidden_size: 13_696,
  hidden_size: 4096,
  kv_channels: 128,
  layernorm_epsilon: 1e-5,
  multi_query_attention: true,
  multi_query_group_num: 2,
  num_attention_heads: 32,
  num_layers: 28,
  original_rope: true,
  padded_vocab_size: 65_024,
  post_layer_norm: true,
  rmsnorm: true,
  seq_length: 8192,
  tie_word_embeddings: false,
  eos_token_id: 2,
  pad_token_id: 0,
};

export const models = {
  'chatglm3-6b': { config: chatGlm3 },
  /** The same in small, to try these scripts. */
  'chatglm3-small': {
    config: {
      ...chatGlm3,
      hidden_size: 256,
      kv_channels: 32,
      num_attention_heads: 8,
      ffn_hidden_size: 640,
      num_layers: 3,
    },
  },
} as const;

type FullSizeModel = (typeof models)[keyof typeof models];

/** The model of a name given on the command line, and where to; says how to be called and exits, otherwise. */
export function modelAndFolder(script: string): { model: FullSizeModel; to: string } {
  const [name = '', to] = process.argv.slice(2);
  const model = Object.entries(models).find(([known]) => known === name)?.[1];
  if (model && to !== undefined) return { model, to };
  console.error(`Usage: node tests/fullsize/${script} ${Object.keys(models).join('|')} DIR`);
  process.exit(2);
}

export function glmOf(given: FullSizeModel['config']): GlmConfig {
  return {
    vocabSize: given.padded_vocab_size,
    hiddenSize: given.hidden_size,
    layers: given.num_layers,
    heads: given.num_attention_heads,
    keyValueHeads: given.multi_query_group_num,
    headWidth: given.kv_channels,
    ffnSize: given.ffn_hidden_size,
    normEpsilon: given.layernorm_epsilon,
    rotaryBase: 10_000,
    positionDivisor: 1,
    maxPositions: given.seq_length,
    projectionBias: given.add_qkv_bias,
    sandwichNorms: false,
    layout: 'chatglm',
  };
}
