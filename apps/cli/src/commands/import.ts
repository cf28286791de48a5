import { buildCommand } from '@stricli/core';
import { familyNames } from '@x-llm/engine/families';

interface Flags {
  readonly out?: string;
  readonly name?: string;
  readonly family?: (typeof familyNames)[number];
  readonly quantize: 'int4' | 'int8' | 'none';
  readonly blockSize: '16' | '32' | '64' | '128' | '256';
}

export const importCommand = buildCommand({
  docs: {
    brief: 'Make a bundle of a public checkpoint',
    fullDescription: [
      'Make a bundle of a public checkpoint: a folder with config.json, weights and tokenizer, as from Hugging Face.',
      '',
      '  xllm import ~/Downloads/chatglm3-6b',
      '  xllm chat --bundle chatglm3-6b "Hello"',
      '  xllm import glm-4-9b-chat --quantize int4 --out /models/glm4',
      '',
      'What `xllm pull` does without a network: the result is the same, and `xllm models` lists it.',
      '',
      'Weights may be safetensors or PyTorch’s .bin, in one file or in shards with their index. Nothing in a .bin is run.',
      'One tensor is in memory at a time. On a CPU weights take 4 bytes each, as they are computed with, and half a byte with',
      '--quantize int4: a model of 6 billion some 25 GB or 4.',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'folder', brief: 'The checkpoint' }],
    },
    flags: {
      out: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'DIR',
        brief: 'The bundle to write (NAME in the folder that `xllm models` lists)',
      },
      name: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'NAME',
        brief: 'What the model is to be called (the folder’s name)',
      },
      family: {
        kind: 'enum',
        values: familyNames,
        optional: true,
        brief: 'Whose form it has, where config.json does not tell',
      },
      quantize: {
        kind: 'enum',
        values: ['int4', 'int8', 'none'],
        default: 'none',
        brief: 'Matrices in 4 or 8 bits; embeddings stay, what scores words has 8',
      },
      blockSize: {
        kind: 'enum',
        values: ['16', '32', '64', '128', '256'],
        default: '32',
        brief: 'Numbers that share a scale: fewer are more exact and take more memory',
      },
    },
    aliases: { o: 'out' },
  },
  async func(flags: Flags, folder: string) {
    const { runImport } = await import('../import-checkpoint.ts');
    await runImport(folder, flags);
  },
});
