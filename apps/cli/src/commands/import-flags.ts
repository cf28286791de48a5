import { familyNames, imageFamilyNames } from '@x-llm/engine/families';

/** Where a bundle is written to. */
export const outFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  placeholder: 'DIR',
  brief: 'The bundle to write (NAME in the folder that `xllm models` lists)',
} as const;

/** What becomes of a bundle that is there. */
export const forceFlag = {
  kind: 'boolean',
  default: false,
  withNegated: false,
  brief: 'Replace a model that is there already, once the new one is whole',
} as const;

/** What a Paraformer's embeddings go through. */
export const cFormerFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  placeholder: 'BERT',
  brief: 'For a Paraformer: a folder of bert-base-chinese or bert-base-uncased, or X-LLM’s own weights',
} as const;

/** Frozen encoders in few bits. */
export const quantizeEncodersFlag = (brief: string) =>
  ({ kind: 'enum', values: ['int8', 'int4', 'none'], optional: true, brief }) as const;

/** How a checkpoint becomes a bundle, beside the bundle's name. */
export const importFlags = {
  out: outFlag,
  force: forceFlag,
  family: {
    kind: 'enum',
    values: [...new Set([...familyNames, ...imageFamilyNames])],
    optional: true,
    brief: 'Whose form it has, where its files do not tell',
  },
  quantize: {
    kind: 'enum',
    values: ['int4', 'int8', 'none'],
    default: 'none',
    brief: 'The language model’s matrices in 4 or 8 bits; embeddings stay, what scores words has 8',
  },
  quantizeEncoders: quantizeEncodersFlag(
    'Matrices of what looks and listens in 4 or 8 bits (8 with --quantize, none without); what learns stays',
  ),
  text: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'FILE',
    brief: 'A text to measure the perplexity on, before and after (its first 4,096 tokens)',
  },
  blockSize: {
    kind: 'enum',
    values: ['16', '32', '64', '128', '256'],
    default: '128',
    brief: 'Numbers that share a scale: 32 are a little more exact, larger and slower',
  },
} as const;
