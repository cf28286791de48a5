import { buildCommand } from '@stricli/core';

interface Flags {
  readonly json?: string;
  readonly bundle?: string;
}

export const evaluate = buildCommand({
  docs: { brief: 'Measure how often the model is right, on pictures it never saw' },
  parameters: {
    flags: {
      json: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'FILE',
        brief: 'Write the numbers here',
      },
      bundle: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'DIR',
        brief: 'The model to measure',
      },
    },
  },
  async func(flags: Flags) {
    const { runEval } = await import('../eval.ts');
    await runEval(flags);
  },
});
