import { buildCommand } from '@stricli/core';

interface Flags {
  readonly verify: boolean;
  readonly json: boolean;
}

export const inspect = buildCommand({
  docs: {
    brief: 'Say what is in a bundle, and what it needs',
    fullDescription: [
      'Say what is in a bundle: its parts, their sizes, how they are stored, and the memory that they need.',
      '',
      '  xllm inspect                          the model that ships',
      '  xllm inspect chatglm3-6b --verify',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          placeholder: 'bundle',
          optional: true,
          brief: 'A model’s name, or the folder of a bundle',
        },
      ],
    },
    flags: {
      verify: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Compare every file with its SHA-256',
      },
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'For machines' },
    },
  },
  async func(flags: Flags, bundle?: string) {
    const { runInspect } = await import('../inspect.ts');
    await runInspect(bundle, flags);
  },
});
