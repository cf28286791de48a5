import { buildCommand } from '@stricli/core';
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
}

const file = (brief: string, placeholder = 'FILE') =>
  ({ kind: 'parsed', parse: String, optional: true, placeholder, brief }) as const;

export const evaluate = buildCommand({
  docs: {
    brief: 'Measure how often the model is right, on pictures it never saw',
    fullDescription: [
      'Measure how often the model is right, on pictures it never saw.',
      '',
      '  xllm eval                               everything, some minutes',
      '  xllm eval --quick                       a sample, for a first look',
      '  xllm eval --json report.json            the numbers as JSON',
      '  xllm eval --card MODEL_CARD.md          the model card, with its pictures',
      '  xllm eval --pictures DIR --labels FILE  your own pictures',
      '',
      'A label is a line of JSON: {"file": "cat.jpg", "en": "cat", "zh": "猫"}; several right names as a list.',
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

function checkTogether({ pictures, labels, card, sheet, quick }: Flags): void {
  if ((pictures === undefined) !== (labels === undefined)) {
    throw new UserError(
      '--pictures and --labels go together.',
      'Name a folder and a file that says what its pictures show.',
    );
  }
  if (pictures !== undefined && (card !== undefined || sheet !== undefined || quick)) {
    throw new UserError(
      '--card, --sheet and --quick are about the model’s own test.',
      'Leave them out, or leave --pictures out.',
    );
  }
}

function parseLimit(input: string): number {
  const limit = Number(input);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new SyntaxError(`a limit is a whole number from 1 on, got ${input}`);
}
