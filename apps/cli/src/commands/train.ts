import { createRequire } from 'node:module';
import { buildCommand, numberParser } from '@stricli/core';
import { UserError } from '../user-error.ts';

interface Flags {
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly modality?: 'image' | 'video' | 'speech';
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly threads?: number;
  readonly scale?: number;
  readonly steps?: number;
  readonly fromBundle?: boolean;
  readonly warmStart?: boolean;
  readonly rate?: number;
  readonly keep?: number;
  readonly handover?: string;
  readonly without?: 'stage1' | 'stage2' | 'stage3';
}

const positive = (text: string): number => {
  const value = numberParser(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UserError(`${text} is no positive integer.`, 'Give a number such as 2.');
};

const positiveRate = (text: string): number => {
  const value = numberParser(text);
  if (value > 0 && value <= 1) return value;
  throw new UserError(
    `${text} is no learning rate: give a number above 0 and up to 1.`,
    'Give one such as 0.001.',
  );
};

const share = (text: string): number => {
  const value = numberParser(text);
  if (value > 0 && value < 1) return value;
  throw new UserError(`${text} is no share: give a number between 0 and 1.`, 'Give one such as 0.5.');
};

const yes = (brief: string) => ({ kind: 'boolean', optional: true, withNegated: false, brief }) as const;

const require = createRequire(import.meta.url);

/** A line for each step of the recipe. It is loaded here and now: help is not awaited, and other commands need not wait for it. */
function recipeSteps(): string[] {
  const { recipe }: typeof import('@x-llm/tiny') = require('@x-llm/tiny');
  const width = Math.max(...Object.keys(recipe).map((name) => name.length));
  return Object.entries(recipe).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
}

const description = (): string =>
  [
    'On data of your own: one of the three stages, as its config says (docs/training.md).',
    '',
    '  xllm train stage2 --print-config > my.json     every key with its default, to change',
    '  xllm train stage2 --config my.json --dry-run   counts, lengths, memory and time; nothing learns',
    '  xllm train stage2 --config my.json             trains, or goes on where it stood, and writes a bundle',
    '',
    '  stage1  an interface learns to turn its medium into language (image, speech)',
    '  stage2  an interface learns to speak to the frozen language model (image, video, speech)',
    '  stage3  all adapters learn from instructions together',
    '',
    '  {"bundle": "packages/tiny/bundle", "modality": "image", "data": ["pairs.jsonl"], "output": "runs/my-run"}',
    '',
    'Without --config, the model that ships: the whole recipe (npm run train:tiny), or one step of it.',
    '',
    'Its steps, in order:',
    '',
    ...recipeSteps(),
    '',
    'Data packages are fetched when they are first needed and kept in .xllm/data; runs live in .xllm/runs/tiny,',
    'those of --scale 0.1 in .xllm/runs/tiny-0.1 and their bundle there, too.',
    '',
    'Ctrl-C leaves a checkpoint: the same command goes on from there. A second one ends at once.',
  ].join('\n');

export const train = buildCommand({
  docs: {
    brief: 'Train a stage on data of your own, or the model that ships',
    get fullDescription() {
      return description();
    },
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          placeholder: 'stage',
          brief: 'A stage with --config, or a step of the recipe; the whole recipe, if left out',
          optional: true,
        },
      ],
    },
    flags: {
      config: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'FILE',
        brief: 'The config of a stage on data of your own',
      },
      printConfig: yes('Print a config of the stage, with all its defaults'),
      modality: {
        kind: 'enum',
        values: ['image', 'video', 'speech'],
        optional: true,
        brief: 'Whose defaults --print-config prints',
      },
      resume: yes('Go on with a run, and fail when there is none'),
      dryRun: yes('Say what the run would take, and do not train'),
      threads: {
        kind: 'parsed',
        parse: positive,
        optional: true,
        brief: 'Threads of a training step (the cores)',
      },
      scale: {
        kind: 'parsed',
        parse: share,
        optional: true,
        brief: 'This share of all updates and data, to see the recipe run: to a bundle beside its runs',
      },
      steps: {
        kind: 'parsed',
        parse: positive,
        optional: true,
        brief: 'Updates, instead of the step’s own number',
      },
      without: {
        kind: 'enum',
        values: ['stage1', 'stage2', 'stage3'],
        optional: true,
        brief: 'Leave a stage out and train again what follows from it, to a bundle beside its runs',
      },
      rate: {
        kind: 'parsed',
        parse: positiveRate,
        optional: true,
        brief: 'The highest learning rate, instead of the step’s own',
      },
      keep: {
        kind: 'parsed',
        parse: share,
        optional: true,
        brief: 'For bundle --warm-start: the share of every weight that stays as it was, 0 to 1',
      },
      handover: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'DIR',
        brief: 'Take what steps learnt from this folder, and leave it there, to go on on another machine',
      },
      warmStart: yes('Begin with all weights of the bundle that ships, and go on training from there'),
      fromBundle: yes('Take tokenizer, llm and encoder from the bundle that ships; train the interface only'),
    },
  },
  async func(flags: Flags, step?: string) {
    const { config, printConfig, modality, resume, dryRun, ...ofRecipe } = flags;
    if (config !== undefined || printConfig) {
      if (Object.values(ofRecipe).some((value) => value !== undefined)) {
        throw new UserError(
          'The config says what a stage needs: --threads, --scale, --steps, --rate, --without, --keep, --handover, --from-bundle and --warm-start are for the recipe.',
          'Write "threads" and "steps" into the config.',
        );
      }
      if (config !== undefined && modality) {
        throw new UserError(
          'The config says which modality it trains: --modality is for --print-config.',
          'Write "modality" into the config.',
        );
      }
      const { printStageConfig, trainStage } = await import('../train-stage.ts');
      if (config === undefined) return printStageConfig(step, modality);
      return trainStage(step, config, { resume: resume ?? false, dryRun: dryRun ?? false });
    }
    if (resume || dryRun || modality) {
      throw new UserError(
        '--resume, --dry-run and --modality need the config of a stage.',
        'Add --config FILE; xllm train stage2 --print-config prints one.',
      );
    }
    const { runTrain } = await import('../train.ts');
    await runTrain({ ...ofRecipe, ...(step === undefined ? {} : { step }) });
  },
});
