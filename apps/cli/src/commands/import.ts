import { buildCommand } from '@stricli/core';
import { familyNames } from '@x-llm/engine/families';

interface Flags {
  readonly out?: string;
  readonly name?: string;
  readonly family?: (typeof familyNames)[number];
}

export const importCommand = buildCommand({
  docs: {
    brief: 'Make a bundle of a public checkpoint',
    fullDescription: [
      'Make a bundle of a public checkpoint: a folder with config.json, weights and tokenizer, as from Hugging Face.',
      '',
      '  xllm import chatglm3-6b                         writes bundles/chatglm3-6b',
      '  xllm import glm-4-9b-chat --out /models/glm4',
      '  xllm chat --bundle bundles/chatglm3-6b "Hello"',
      '',
      'Weights may be safetensors or PyTorch’s .bin, in one file or in shards with their index. Nothing in a .bin is run.',
      'They keep their names and their numbers; one tensor is in memory at a time.',
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
        brief: 'The bundle to write (bundles/NAME)',
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
    },
    aliases: { o: 'out' },
  },
  async func(flags: Flags, folder: string) {
    const { runImport } = await import('../import-checkpoint.ts');
    await runImport(folder, flags);
  },
});
