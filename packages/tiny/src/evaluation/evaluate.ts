/** Measures a model on pictures it never saw. */
import { world } from '../data/world.ts';
import type { Answerer } from './answerer.ts';
import { askAll, asksIn } from './ask-all.ts';
import { confusions } from './confusions.ts';
import type { EvaluationData } from './data.ts';
import { augmentedNameSamples, plainNameSamples } from './name-samples.ts';
import { augmentedQuestionSamples, plainQuestionSamples } from './question-samples.ts';
import type { PictureReport } from './report.ts';
import { nameReport, questionTable } from './score.ts';
import type { SectionOptions } from './section.ts';
import { evaluationSeed } from './seed.ts';

const full = { heldOut: Number.POSITIVE_INFINITY, seen: Number.POSITIVE_INFINITY, hard: 900, perType: 150 };
const sample = { heldOut: 150, seen: 150, hard: 100, perType: 20 };
/** Augmentation of the known styles: moderate, and as strong as it gets. */
const strengths = { seen: 0.5, hard: 1 };

/**
 *     const report = await evaluate(engine, await openEvaluationData(), { concurrency: 4 });
 *     report.heldOut.en.top1; // share of held-out pictures named exactly right in English
 *
 * The same model gives the same report: pictures, samples and wordings are fixed, answers are greedy.
 */
export async function evaluate(
  engine: Answerer,
  data: EvaluationData,
  options: SectionOptions = {},
): Promise<PictureReport> {
  const { quick = false, limit = Number.POSITIVE_INFINITY, onProgress, ...asking } = options;
  const most = quick ? sample : full;
  const perType = Math.min(most.perType, limit);
  const { imageSize } = engine.model;
  const sets = {
    heldOut: await plainNameSamples([data.heldOut], Math.min(most.heldOut, limit)),
    seen: augmentedNameSamples(data.seen, imageSize, strengths.seen, Math.min(most.seen, limit)),
    seenHard: augmentedNameSamples(data.seen, imageSize, strengths.hard, Math.min(most.hard, limit)),
    seenPlain: await plainNameSamples(data.seenFiles, Math.min(most.seen, limit)),
    heldOutQuestions: await plainQuestionSamples(data.heldOut, perType),
    seenQuestions: await augmentedQuestionSamples(data.seen, imageSize, strengths.seen, perType),
  };
  const total = Object.values(sets).reduce((sum, samples) => sum + asksIn(samples), 0);
  let done = 0;
  const ask = (samples: (typeof sets)['heldOut'], what: string): ReturnType<typeof askAll> => {
    const onAnswer = (): void => onProgress?.({ done: ++done, total, what });
    return askAll(engine, samples, { ...asking, onAnswer });
  };
  const heldOut = await ask(sets.heldOut, 'pictures of a style it never saw');
  const seen = await ask(sets.seen, 'known styles, augmented');
  const seenHard = await ask(sets.seenHard, 'known styles, strongly augmented');
  const seenPlain = await ask(sets.seenPlain, 'known styles, as they are');
  const heldOutQuestions = await ask(sets.heldOutQuestions, 'other questions, style it never saw');
  const seenQuestions = await ask(sets.seenQuestions, 'other questions, known styles');
  return {
    format: 1,
    model: { id: engine.model.id, imageSize },
    things: world.length,
    settings: { seed: evaluationSeed, quick, limit: Number.isFinite(limit) ? limit : null },
    heldOut: nameReport(heldOut, sets.heldOut.length),
    seen: nameReport(seen, sets.seen.length),
    seenHard: nameReport(seenHard, sets.seenHard.length),
    seenPlain: nameReport(seenPlain, sets.seenPlain.length),
    questions: { heldOut: questionTable(heldOutQuestions), seen: questionTable(seenQuestions) },
    confusions: confusions(heldOut, seen),
  };
}
