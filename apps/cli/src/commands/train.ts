import { buildCommand } from '@stricli/core';

export const train = buildCommand({
  docs: { brief: 'Train the model that ships, step by step' },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'step', brief: 'A step of the recipe', optional: true }],
    },
  },
  async func(_flags: Record<never, never>, step?: string) {
    const { runTrain } = await import('../train.ts');
    await runTrain(step);
  },
});
