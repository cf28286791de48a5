/** The numbers by which models are compared, side by side. */
import { z } from 'zod';
import type { Proportion } from './proportion.ts';
import type { EvaluationReport } from './report.ts';

const keyNumberSchema = z.strictObject({
  label: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Whether less is better, as of errors. */
  less: z.boolean(),
});
/** A share between 0 and 1, but for error rates and the relative score, which may exceed 1. */
export type KeyNumber = z.infer<typeof keyNumberSchema>;

export const ablationSchema = z.strictObject({
  format: z.literal(1),
  /** How the models were trained, for the card; written by hand, since a bundle does not say it. */
  about: z.string().optional(),
  models: z.array(z.strictObject({ name: z.string(), numbers: z.array(keyNumberSchema) })),
});
export type AblationReport = z.infer<typeof ablationSchema>;

export function ablationOf(
  models: readonly { readonly name: string; readonly report: EvaluationReport }[],
): AblationReport {
  return {
    format: 1,
    models: models.map(({ name, report }) => ({ name, numbers: keyNumbers(report) })),
  };
}

/** Those of the parts that were measured. */
export function keyNumbers({
  heldOut,
  speech,
  video,
  relative,
  relativeSeen,
}: EvaluationReport): KeyNumber[] {
  const numbers: KeyNumber[] = [];
  const add = (label: string, value: number | null, { low, high }: Ends, less = false): void => {
    if (value !== null && low !== null && high !== null) numbers.push({ label, value, low, high, less });
  };
  const share = (label: string, score: Proportion): void => add(label, score.correct / score.count, score);
  if (heldOut) {
    share('held-out pictures named, English', heldOut.en);
    share('held-out pictures named, Chinese', heldOut.zh);
  }
  if (speech) {
    const { en, zh } = speech.heldOut;
    add('CER, held-out voices, English', en.cer.rate, en.cer, true);
    add('CER, held-out voices, Chinese', zh.cer.rate, zh.cer, true);
    const loud = speech.withPicture.find(({ snrDb }) => snrDb === 0)?.all;
    if (loud) {
      add('CER at 0 dB, audio alone', loud.audio.rate, loud.audio, true);
      add('CER at 0 dB, with the picture', loud.picture.rate, loud.picture, true);
      if (loud.reduction) add('– of errors, gone with the picture', loud.reduction.reduction, loud.reduction);
    }
    share('spoken questions answered', speech.questions.spoken.all);
    share('the same, typed', speech.questions.typed.all);
  }
  if (video) {
    share('clips: motion', video.heldOut.all.motion);
    share('clips: thing', video.heldOut.all.thing);
    share('clips: motion and thing', video.heldOut.all.both);
  }
  if (relative) {
    for (const [group, score] of Object.entries(relative.groups))
      add(`relative score, ${group}`, score.relative, score);
    add('relative score', relative.overall.relative, relative.overall);
  }
  if (relativeSeen) add('relative score, known styles', relativeSeen.overall.relative, relativeSeen.overall);
  return numbers;
}

interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

/** A row for each number that one of the models has: its label, then what each model has of it. */
export function ablationRows({
  models,
}: AblationReport): readonly { label: string; numbers: readonly (KeyNumber | undefined)[] }[] {
  const labels = [...new Set(models.flatMap(({ numbers }) => numbers.map(({ label }) => label)))];
  return labels.map((label) => ({
    label,
    numbers: models.map(({ numbers }) => numbers.find((one) => one.label === label)),
  }));
}
