import { buildCommand } from '@stricli/core';
import type { EvaluationPart } from '@x-llm/tiny/evaluation';
import { UserError } from '../user-error.ts';

interface Flags {
  readonly bundle?: string;
  readonly json?: string;
  readonly card?: string;
  readonly sheet?: string;
  readonly quick?: boolean;
  readonly limit?: number;
  readonly pictures?: string;
  readonly labels?: string;
  readonly only?: EvaluationPart;
  readonly ablation?: readonly string[];
}

const file = (brief: string, placeholder = 'FILE') =>
  ({ kind: 'parsed', parse: String, optional: true, placeholder, brief }) as const;

export const evaluate = buildCommand({
  docs: {
    brief: 'Measure how often the model is right about what it never saw and heard',
    fullDescription: [
      'Measure how often the model is right about pictures, voices and clips that it never saw and heard.',
      '',
      '  xllm eval                               everything, some minutes',
      '  xllm eval --quick                       a sample, for a first look',
      '  xllm eval --json report.json            the numbers as JSON',
      '  xllm eval --card MODEL_CARD.md          the model card, with its pictures',
      '  xllm eval --only speech                 one part: pictures, speech, video or relative',
      '  xllm eval --ablation full=DIR,without-stage1=DIR   several models side by side',
      '  xllm eval --pictures DIR --labels FILE  your own pictures',
      '',
      'A label is a line of JSON: {"file": "cat.jpg", "en": "cat", "zh": "猫"}; several right names as a list.',
      'What the model takes is measured: hearing and watching too, where it has the interfaces.',
      'The pictures are fetched through npm when first needed and kept in .xllm/data.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      bundle: file('The model to measure', 'DIR'),
      json: file('Write the numbers here'),
      card: file('Write the model card here, its pictures into a folder beside it'),
      sheet: file('Draw the closest confusions into this PNG'),
      quick: { kind: 'boolean', optional: true, withNegated: false, brief: 'A sample only' },
      limit: {
        kind: 'parsed',
        parse: parseLimit,
        optional: true,
        placeholder: 'N',
        brief: 'At most so many pictures per set and question',
      },
      only: {
        kind: 'enum',
        values: ['pictures', 'speech', 'video', 'relative'],
        optional: true,
        brief: 'Measure this part alone',
      },
      ablation: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: ',',
        placeholder: 'NAME=DIR',
        brief: 'Measure these models, or take their reports (NAME=FILE.json), side by side',
      },
      pictures: file('Measure on the pictures in this folder', 'DIR'),
      labels: file('What they show, as JSON lines'),
    },
  },
  async func(flags: Flags) {
    checkTogether(flags);
    const { runEval } = await import('../eval.ts');
    await runEval(flags);
  },
});

function checkTogether({ pictures, labels, card, sheet, quick, only, ablation, bundle }: Flags): void {
  if ((pictures === undefined) !== (labels === undefined)) {
    throw new UserError(
      '--pictures and --labels go together.',
      'Name a folder and a file that says what its pictures show.',
    );
  }
  const ownTest = card !== undefined || sheet !== undefined || quick || only !== undefined;
  if (pictures !== undefined && (ownTest || ablation !== undefined)) {
    throw new UserError(
      '--card, --sheet, --quick, --only and --ablation are about the model’s own test.',
      'Leave them out, or leave --pictures out.',
    );
  }
  if (card !== undefined && only !== undefined) {
    throw new UserError('--card writes about everything that is measured.', 'Leave --only out.');
  }
  if (sheet !== undefined && only !== undefined && only !== 'pictures') {
    throw new UserError('--sheet draws confusions of pictures.', `Leave it out, or --only ${only}.`);
  }
  if (ablation !== undefined && (card !== undefined || sheet !== undefined || bundle !== undefined)) {
    throw new UserError(
      '--ablation compares several models: --card, --sheet and --bundle are about one.',
      'Leave them out. A card shows the table that --json writes to card/ablation.json beside it.',
    );
  }
}

function parseLimit(input: string): number {
  const limit = Number(input);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new SyntaxError(`a limit is a whole number from 1 on, got ${input}`);
}
