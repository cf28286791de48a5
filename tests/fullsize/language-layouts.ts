/** Language models, and VisualGLM-6B, as the hub has them: their `config.json` (README.md says whence), what is small in the small form, files. */
import type { FamilyName } from '@x-llm/engine/families';
import { modelLayout } from '@x-llm/engine/import';
import { bytesOf, type Checkpoint, type Size, sharded, totalBytes } from './checkpoint.ts';
import type { Layout } from './layouts.ts';
import { chatGlm3 } from './models.ts';
import { countOf, type PublishedTensor } from './random.ts';

type Config = Readonly<Record<string, unknown>>;

interface LanguageLayout {
  readonly about: string;
  readonly family: FamilyName;
  readonly config: Config;
  /** Fields of the configuration that are others in the small form. */
  readonly small: Config;
  /** Among the goldens, and as the family calls it. */
  readonly tokenizer: { readonly golden: string; readonly as: string };
  readonly file: 'model.safetensors' | 'pytorch_model.bin';
  readonly dtype: (name: string) => PublishedTensor['dtype'];
  readonly shardBytes: number;
  /** Fields that were others when the shards were cut. */
  readonly cutWith?: Config;
  /** What the checkpoint has and the importer leaves behind. */
  readonly leftBehind?: (config: Config) => [name: string, shape: number[]][];
}

const number = (config: Config, field: string): number => Number(config[field]);
const halves = (): 'float16' => 'float16';
const brainFloats = (): 'bfloat16' => 'bfloat16';

const chatGlm: LanguageLayout = {
  about: 'ChatGLM-6B',
  family: 'chatglm-6b',
  config: {
    _name_or_path: 'THUDM/chatglm-6b',
    architectures: ['ChatGLMModel'],
    model_type: 'chatglm',
    bos_token_id: 130_004,
    eos_token_id: 130_005,
    mask_token_id: 130_000,
    gmask_token_id: 130_001,
    pad_token_id: 3,
    hidden_size: 4096,
    inner_hidden_size: 16_384,
    layernorm_epsilon: 1e-5,
    max_sequence_length: 2048,
    num_attention_heads: 32,
    num_layers: 28,
    position_encoding_2d: true,
    torch_dtype: 'float16',
    transformers_version: '4.23.1',
    use_cache: true,
    vocab_size: 130_528,
  },
  small: {
    bos_token_id: 460,
    eos_token_id: 461,
    mask_token_id: 456,
    gmask_token_id: 457,
    hidden_size: 64,
    inner_hidden_size: 256,
    max_sequence_length: 256,
    num_attention_heads: 4,
    num_layers: 3,
    vocab_size: 832,
  },
  tokenizer: { golden: 'ice_text.model', as: 'ice_text.model' },
  file: 'pytorch_model.bin',
  dtype: (name) => (/inv_freq$/.test(name) ? 'float32' : 'float16'),
  shardBytes: 2e9,
  // Rows for pictures were taken out of the shards that there were.
  cutWith: { vocab_size: 150_528 },
  leftBehind: (config) =>
    Array.from({ length: number(config, 'num_layers') }, (_, layer) => [
      `transformer.layers.${layer}.attention.rotary_emb.inv_freq`,
      [number(config, 'hidden_size') / number(config, 'num_attention_heads') / 4],
    ]),
};

const { mask_token_id: _, gmask_token_id: __, pad_token_id: ___, ...firstConfig } = chatGlm.config;

const chatGlmOld: LanguageLayout = {
  ...chatGlm,
  about: 'ChatGLM-6B’s first release, with 20,000 ids for pictures and less in its configuration',
  config: { ...firstConfig, bos_token_id: 150_004, eos_token_id: 150_005, vocab_size: 150_528 },
  // Its vocabulary is what it is known by.
  small: { hidden_size: 8, inner_hidden_size: 32, num_attention_heads: 1, num_layers: 2 },
};

const evaFields = {
  num_layers: 39,
  hidden_size: 1408,
  num_attention_heads: 16,
  vocab_size: 1,
  layernorm_order: 'pre',
  model_parallel_size: 1,
  max_sequence_length: 257,
  inner_hidden_size: 6144,
  use_final_layernorm: false,
  layernorm_epsilon: 1e-6,
  image_size: [224, 224],
  pre_len: 1,
  post_len: 0,
  in_channels: 3,
  num_classes: 0,
  patch_size: 14,
};
const qFormerFields = {
  num_layers: 12,
  hidden_size: 768,
  num_attention_heads: 12,
  vocab_size: 32,
  layernorm_order: 'post',
  model_parallel_size: 1,
  max_sequence_length: 0,
  is_decoder: Array.from({ length: 12 }, (_layer, at) => at % 2 === 0),
  cross_attn_hidden_size: 1408,
  layernorm_epsilon: 1e-12,
};

const visualGlm: LanguageLayout = {
  ...chatGlm,
  about: 'VisualGLM-6B, its picture encoder in float32',
  family: 'visualglm-6b',
  config: {
    ...chatGlm.config,
    _name_or_path: 'THUDM/visualglm-6b',
    image_length: 32,
    image_size: 224,
    eva_config: evaFields,
    qformer_config: qFormerFields,
  },
  small: {
    ...chatGlm.small,
    image_length: 8,
    image_size: 28,
    eva_config: {
      ...evaFields,
      num_layers: 2,
      hidden_size: 24,
      num_attention_heads: 2,
      max_sequence_length: 5,
      inner_hidden_size: 40,
      image_size: [28, 28],
    },
    qformer_config: {
      ...qFormerFields,
      num_layers: 3,
      hidden_size: 32,
      num_attention_heads: 4,
      vocab_size: 8,
      is_decoder: [true, false, true],
      cross_attn_hidden_size: 24,
    },
  },
  dtype: (name) => (/^image_encoder\.|inv_freq$/.test(name) ? 'float32' : 'float16'),
  shardBytes: 4e9,
  cutWith: {},
};

const rotary = (config: Config): [string, number[]][] => [
  ['transformer.rotary_pos_emb.inv_freq', [number(config, 'kv_channels') / 4]],
];

const chatGlm3Layout: LanguageLayout = {
  about: 'ChatGLM3-6B',
  family: 'chatglm3-6b',
  config: chatGlm3,
  small: {
    hidden_size: 64,
    ffn_hidden_size: 80,
    kv_channels: 16,
    num_attention_heads: 4,
    num_layers: 3,
    seq_length: 192,
    padded_vocab_size: 832,
  },
  tokenizer: { golden: 'tokenizer.model', as: 'tokenizer.model' },
  file: 'model.safetensors',
  dtype: halves,
  shardBytes: 2e9,
  leftBehind: rotary,
};

const chatGlm2: LanguageLayout = {
  ...chatGlm3Layout,
  about: 'ChatGLM2-6B, whose numbers are bfloat16',
  family: 'chatglm2-6b',
  config: { ...chatGlm3, _name_or_path: 'THUDM/chatglm2-6b', seq_length: 32_768, torch_dtype: 'float16' },
  file: 'pytorch_model.bin',
  dtype: brainFloats,
};

const glm4Ends = [151_329, 151_336, 151_338];
/** Ids of the golden tokenizer, which has few ranks. */
const smallGlm4Ends = { eos_token_id: [676, 683, 685], pad_token_id: 676 };

const glm4: LanguageLayout = {
  ...chatGlm3Layout,
  about: 'GLM-4-9B-Chat in its first form (model_type chatglm)',
  family: 'glm-4',
  config: {
    ...chatGlm3,
    _name_or_path: 'THUDM/glm-4-9b-chat',
    layernorm_epsilon: 1.5625e-7,
    num_hidden_layers: 40,
    num_layers: 40,
    rope_ratio: 500,
    padded_vocab_size: 151_552,
    seq_length: 131_072,
    torch_dtype: 'bfloat16',
    eos_token_id: glm4Ends,
    pad_token_id: 151_329,
  },
  small: { ...chatGlm3Layout.small, ...smallGlm4Ends, num_hidden_layers: 3, padded_vocab_size: 704 },
  tokenizer: { golden: 'glm4-tiny.tiktoken', as: 'tokenizer.model' },
  dtype: brainFloats,
};

const glm4HuggingFace: LanguageLayout = {
  about: 'GLM-4-9B-Chat in Hugging Face’s form (model_type glm)',
  family: 'glm-4-hf',
  config: {
    architectures: ['GlmForCausalLM'],
    attention_bias: true,
    attention_dropout: 0,
    eos_token_id: glm4Ends,
    head_dim: 128,
    hidden_act: 'silu',
    hidden_size: 4096,
    initializer_range: 0.02,
    intermediate_size: 13_696,
    max_position_embeddings: 131_072,
    model_type: 'glm',
    num_attention_heads: 32,
    num_hidden_layers: 40,
    num_key_value_heads: 2,
    pad_token_id: 151_329,
    rms_norm_eps: 1.5625e-7,
    rope_theta: 10_000,
    tie_word_embeddings: false,
    torch_dtype: 'bfloat16',
    use_cache: true,
    vocab_size: 151_552,
  },
  small: {
    ...smallGlm4Ends,
    head_dim: 16,
    hidden_size: 64,
    intermediate_size: 96,
    max_position_embeddings: 256,
    num_attention_heads: 4,
    num_hidden_layers: 3,
    vocab_size: 704,
  },
  tokenizer: glm4.tokenizer,
  file: 'model.safetensors',
  dtype: brainFloats,
  shardBytes: 5e9,
};

const glm0414: LanguageLayout = {
  ...glm4HuggingFace,
  about: 'GLM-4-9B-0414 (model_type glm4)',
  config: {
    ...glm4HuggingFace.config,
    architectures: ['Glm4ForCausalLM'],
    max_position_embeddings: 32_768,
    model_type: 'glm4',
    partial_rotary_factor: 0.5,
    rms_norm_eps: 1e-5,
  },
};

/** The shards of the small form, which come of no limit of the hub's. */
const smallShards = 3;

function make({ family, dtype, leftBehind, ...layout }: LanguageLayout, size: Size): Checkpoint {
  const config = { ...layout.config, ...(size === 'small' && layout.small) };
  const behind = leftBehind?.(config) ?? [];
  const tensors = [...modelLayout(family, config), ...behind].map(
    ([name, shape]): PublishedTensor => ({ name, shape, dtype: dtype(name) }),
  );
  const shardBytes =
    size === 'full' ? layout.shardBytes : Math.ceil((1.1 * totalBytes(tensors)) / smallShards);
  const cutWith = size === 'full' ? layout.cutWith : undefined;
  const once = cutWith && modelLayout(family, { ...config, ...cutWith });
  const sizeOf = (tensor: PublishedTensor) =>
    (bytesOf(tensor) * countOf(once?.get(tensor.name) ?? tensor.shape)) / countOf(tensor.shape);
  return {
    texts: { 'config.json': JSON.stringify(config, null, 2) },
    tokenizer: layout.tokenizer,
    weights: [{ file: layout.file, shards: sharded(tensors, shardBytes, sizeOf) }],
  };
}

const layoutOf = (layout: LanguageLayout): Layout => ({
  about: layout.about,
  make: (size) => make(layout, size),
});

export const languageLayouts = {
  'chatglm-6b': layoutOf(chatGlm),
  'chatglm-6b-150528': layoutOf(chatGlmOld),
  'chatglm2-6b': layoutOf(chatGlm2),
  'chatglm3-6b': layoutOf(chatGlm3Layout),
  'glm-4-9b-chat': layoutOf(glm4),
  'glm-4-9b-chat-hf': layoutOf(glm4HuggingFace),
  'glm-4-9b-0414': layoutOf(glm0414),
  'visualglm-6b': layoutOf(visualGlm),
} as const;
