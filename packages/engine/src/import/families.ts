/** The families of public checkpoints that can be imported, by name. */
import { type Family, type HubConfig, numberOf } from './family.ts';

const nameHas = (config: HubConfig, part: string): boolean =>
  typeof config['_name_or_path'] !== 'string' || config['_name_or_path'].toLowerCase().includes(part);
const isChatGlm = (config: HubConfig): boolean =>
  config['model_type'] === 'chatglm' && 'padded_vocab_size' in config;
/** Of GLM-4's vocabulary; ChatGLM2 and ChatGLM3 have 65,024 pieces. */
const glm4Vocabulary = 150_000;
/** Revisions of GLM-4-9B-Chat call it `THUDM/glm4-9b-chat` in their configuration. */
const isGlm4 = (config: HubConfig): boolean =>
  (nameHas(config, 'glm-4') || nameHas(config, 'glm4')) &&
  ('_name_or_path' in config || numberOf(config, 'padded_vocab_size', 0) > glm4Vocabulary);

const chatGlm2: Family = {
  about: 'ChatGLM2-6B and its 32k form',
  is: (config) =>
    isChatGlm(config) &&
    nameHas(config, 'chatglm2') &&
    numberOf(config, 'padded_vocab_size', 0) < glm4Vocabulary,
  architecture: 'glm',
  fields: {
    vocabSize: 'padded_vocab_size',
    hiddenSize: 'hidden_size',
    layers: 'num_layers',
    heads: 'num_attention_heads',
    keyValueHeads: 'multi_query_group_num',
    headWidth: 'kv_channels',
    ffnSize: 'ffn_hidden_size',
    normEpsilon: 'layernorm_epsilon',
    maxPositions: 'seq_length',
    projectionBias: 'add_qkv_bias',
  },
  constants: { rotaryBase: 10_000, sandwichNorms: false, layout: 'chatglm' },
  derived: (config) => ({ positionDivisor: numberOf(config, 'rope_ratio', 1) }),
  expected: {
    add_bias_linear: false,
    apply_residual_connection_post_layernorm: false,
    multi_query_attention: true,
    original_rope: true,
    post_layer_norm: true,
    rmsnorm: true,
    tie_word_embeddings: false,
  },
  tokenizer: { type: 'chatglm2-6b', files: ['tokenizer.model'] },
  chatTemplate: 'chatglm2-6b',
  endTokens: [],
  generation: { temperature: 0.8, topP: 0.8, maxTokens: 1024 },
  finer: /^transformer\.output_layer\./,
  ignored: /\.rotary_pos_emb\.inv_freq$/,
  licence: 'The ChatGLM2-6B License, https://huggingface.co/THUDM/chatglm2-6b',
};

const chatGlm3: Family = {
  ...chatGlm2,
  about: 'ChatGLM3-6B, its base and its 32k and 128k forms',
  is: (config) =>
    isChatGlm(config) &&
    nameHas(config, 'chatglm3') &&
    numberOf(config, 'padded_vocab_size', 0) < glm4Vocabulary,
  constants: { positionDivisor: 1, sandwichNorms: false, layout: 'chatglm' },
  derived: (config) => ({ rotaryBase: 10_000 * numberOf(config, 'rope_ratio', 1) }),
  tokenizer: { type: 'chatglm3-6b', files: ['tokenizer.model'] },
  chatTemplate: 'chatglm3-6b',
  endTokens: ['<|user|>', '<|observation|>'],
  licence: 'The ChatGLM3-6B License, https://huggingface.co/THUDM/chatglm3-6b',
};

const glm4: Family = {
  ...chatGlm3,
  about: 'GLM-4-9B in its first form (model_type chatglm)',
  is: (config) => isChatGlm(config) && isGlm4(config),
  tokenizer: { type: 'glm-4', files: ['tokenizer.model'] },
  chatTemplate: 'glm-4',
  licence: 'The GLM-4 License, https://huggingface.co/THUDM/glm-4-9b-chat',
};

const rotaryOf = (config: HubConfig): HubConfig =>
  typeof config['rope_parameters'] === 'object' ? (config['rope_parameters'] as HubConfig) : config;

const glm4HuggingFace: Family = {
  ...glm4,
  about: 'GLM-4-9B and GLM-4-0414 in Hugging Face’s form (model_type glm, glm4)',
  is: (config) => config['model_type'] === 'glm' || config['model_type'] === 'glm4',
  tokenizer: { type: 'glm-4', files: ['tokenizer.model', 'tokenizer.json'] },
  fields: {
    vocabSize: 'vocab_size',
    hiddenSize: 'hidden_size',
    layers: 'num_hidden_layers',
    heads: 'num_attention_heads',
    keyValueHeads: 'num_key_value_heads',
    headWidth: 'head_dim',
    ffnSize: 'intermediate_size',
    normEpsilon: 'rms_norm_eps',
    maxPositions: 'max_position_embeddings',
    projectionBias: 'attention_bias',
  },
  constants: { positionDivisor: 1, layout: 'hugging-face' },
  derived: (config) => ({
    rotaryBase: numberOf(rotaryOf(config), 'rope_theta', 10_000),
    sandwichNorms: config['model_type'] === 'glm4',
  }),
  expected: { hidden_act: 'silu', tie_word_embeddings: false, partial_rotary_factor: 0.5 },
  finer: /^lm_head\./,
  ignored: /\.inv_freq$/,
};

/** ChatGLM-6B's first, with 20,000 ids for pictures in front. */
const firstVocabulary = 150_528;
/** What the first release's code had itself: its configuration has neither. */
const firstTokens: HubConfig = { pad_token_id: 20_003, mask_token_id: 150_000, gmask_token_id: 150_001 };

const chatGlm6b: Family = {
  about: 'ChatGLM-6B, with the new vocabulary and the old one',
  is: (config) =>
    config['model_type'] === 'chatglm' && 'inner_hidden_size' in config && !('eva_config' in config),
  architecture: 'chatglm',
  fields: {
    vocabSize: 'vocab_size',
    hiddenSize: 'hidden_size',
    layers: 'num_layers',
    heads: 'num_attention_heads',
    ffnSize: 'inner_hidden_size',
    layerNormEpsilon: 'layernorm_epsilon',
    maxPositions: 'max_sequence_length',
  },
  constants: { residualAlphaLayers: 28, rotaryPrecision: 'float16-frequencies' },
  derived: (config) => {
    const ids = config['vocab_size'] === firstVocabulary ? { ...firstTokens, ...config } : config;
    return {
      tokens: {
        pad: ids['pad_token_id'],
        mask: ids['mask_token_id'],
        gmask: ids['gmask_token_id'],
        sop: ids['bos_token_id'],
        eop: ids['eos_token_id'],
      },
    };
  },
  expected: { position_encoding_2d: true },
  tokenizer: {
    type: (config) => (config['vocab_size'] === firstVocabulary ? 'chatglm-6b-150528' : 'chatglm-6b'),
    files: ['ice_text.model'],
  },
  chatTemplate: 'chatglm-6b',
  endTokens: [],
  generation: { temperature: 0.95, topP: 0.7, maxTokens: 1024 },
  finer: /^lm_head\./,
  ignored: /\.rotary_emb\.inv_freq$/,
  licence: 'The ChatGLM-6B License, https://huggingface.co/THUDM/chatglm-6b',
};

const visualGlm: Family = {
  ...chatGlm6b,
  about: 'VisualGLM-6B, ChatGLM-6B that sees pictures',
  is: (config) => config['model_type'] === 'chatglm' && 'eva_config' in config,
  image: 'visualglm-6b',
  chatTemplate: 'visualglm-6b',
  // SwissArmyTransformer's sampling looks at what was written for repetitions; Hugging Face's would at the question, too.
  generation: {
    temperature: 0.8,
    topP: 0.4,
    topK: 100,
    repetitionPenalty: 1.2,
    repetitionOf: 'answer',
    maxTokens: 1024,
  },
  licence: 'The VisualGLM-6B License, https://huggingface.co/THUDM/visualglm-6b',
};

export const families = {
  'chatglm-6b': chatGlm6b,
  'visualglm-6b': visualGlm,
  'chatglm2-6b': chatGlm2,
  'chatglm3-6b': chatGlm3,
  'glm-4': glm4,
  'glm-4-hf': glm4HuggingFace,
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;
export const familyNames = Object.keys(families) as FamilyName[];
/** Told from the families of interfaces alone. */
export const isModelFamily = (name: string): name is FamilyName => Object.hasOwn(families, name);

export { type ImageFamilyName, imageFamilyNames } from './image-family.ts';
