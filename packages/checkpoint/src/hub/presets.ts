/** Checkpoints that can be fetched by a short name. A row is all that a new one needs. */

export interface Preset {
  /** On Hugging Face's hub; a mirror has it under the same name. */
  readonly repository: string;
  /** A branch, a tag, or a commit. */
  readonly revision: string;
  readonly about: string;
  /** The family of public checkpoints that it is imported as; an importer may know it or not. */
  readonly family: string;
  /** Names that its tokenizer may have, the best first; none for an interface without a language model. */
  readonly tokenizers: readonly string[];
  /** What is fetched, where it is neither configuration and tokenizer nor weights by the hub's usual names. */
  readonly files?: readonly string[];
  readonly licence: { readonly name: string; readonly url: string };
  /** Of what is fetched, about: the hub's listing has the true number. */
  readonly downloadBytes: number;
}

const licenceOf = (name: string, repository: string, file: string) => ({
  name: `The ${name} License`,
  url: `https://huggingface.co/${repository}/blob/main/${file}`,
});

// THUDM's models have moved to zai-org; the old names are redirected. Sizes are those of the hub's pages.
export const presets = {
  'chatglm-6b': {
    repository: 'zai-org/chatglm-6b',
    revision: 'main',
    about: 'the first ChatGLM, 6 billion parameters, Chinese and English; X-LLM’s own language model',
    family: 'chatglm-6b',
    tokenizers: ['ice_text.model'],
    licence: licenceOf('ChatGLM-6B', 'zai-org/chatglm-6b', 'MODEL_LICENSE'),
    downloadBytes: 13.4e9,
  },
  'chatglm2-6b': {
    repository: 'zai-org/chatglm2-6b',
    revision: 'main',
    about: 'the second generation: longer conversations, less memory for them',
    family: 'chatglm2-6b',
    tokenizers: ['tokenizer.model'],
    licence: licenceOf('ChatGLM2-6B', 'zai-org/chatglm2-6b', 'MODEL_LICENSE'),
    downloadBytes: 12.5e9,
  },
  'chatglm3-6b': {
    repository: 'zai-org/chatglm3-6b',
    revision: 'main',
    about: 'the third generation of 6 billion parameters',
    family: 'chatglm3-6b',
    tokenizers: ['tokenizer.model'],
    licence: licenceOf('ChatGLM3-6B', 'zai-org/chatglm3-6b', 'MODEL_LICENSE'),
    downloadBytes: 12.5e9,
  },
  'glm-4-9b-chat': {
    repository: 'zai-org/glm-4-9b-chat',
    revision: 'main',
    about: '9 billion parameters, conversations of up to 131,072 tokens, many languages',
    family: 'glm-4',
    tokenizers: ['tokenizer.model'],
    licence: licenceOf('GLM-4', 'zai-org/glm-4-9b-chat', 'LICENSE'),
    downloadBytes: 18.8e9,
  },
  'glm-4-9b-0414': {
    repository: 'zai-org/GLM-4-9B-0414',
    revision: 'main',
    about: 'GLM-4 of April 2025, 9 billion parameters',
    family: 'glm-4-hf',
    tokenizers: ['tokenizer.json', 'tokenizer.model'],
    licence: { name: 'MIT', url: 'https://huggingface.co/zai-org/GLM-4-9B-0414' },
    downloadBytes: 18.8e9,
  },
  'visualglm-6b': {
    repository: 'zai-org/visualglm-6b',
    revision: 'main',
    about: 'ChatGLM-6B with eyes: BLIP-2’s picture encoder and Q-Former',
    family: 'visualglm-6b',
    tokenizers: ['ice_text.model'],
    licence: licenceOf('VisualGLM-6B', 'zai-org/visualglm-6b', 'MODEL_LICENSE'),
    downloadBytes: 17.8e9,
  },
  // Only shards with tensors of the picture interface are fetched: of 15 GB the first, where OPT's first layers are, too. Its card
  // says MIT; LAVIS, which it was converted from, is under BSD-3-Clause. OPT's own licence is of what is left behind.
  blip2: {
    repository: 'Salesforce/blip2-opt-2.7b',
    revision: 'main',
    about:
      'eyes: BLIP-2’s picture encoder and Q-Former, for `xllm compose`; stage 2 has yet to teach their adapter',
    family: 'blip2-hf',
    tokenizers: [],
    licence: { name: 'MIT', url: 'https://huggingface.co/Salesforce/blip2-opt-2.7b' },
    downloadBytes: 10e9,
  },
  // The name that FunASR itself has for it on this hub; weights of the decoder come along in the one file.
  'paraformer-large': {
    repository: 'funasr/paraformer-zh',
    revision: 'main',
    about:
      'ears: FunASR’s encoder of Mandarin with CIF, for a speech interface that stage 2 has yet to teach',
    family: 'paraformer',
    tokenizers: [],
    files: ['config.yaml', 'am.mvn', 'model.pt'],
    licence: {
      name: 'The FunASR Model License',
      url: 'https://github.com/modelscope/FunASR/blob/main/MODEL_LICENSE',
    },
    downloadBytes: 0.9e9,
  },
} as const satisfies Readonly<Record<string, Preset>>;
