/** Measures how well a model watches. */
import { nameOf } from '../../data/world.ts';
import { askClip, videoQuestionTypes } from '../../text/motions.ts';
import { type Answerer, answerAbout } from '../answerer.ts';
import {
  animationSamples,
  type ClipEvaluationData,
  type ClipSample,
  renderedClipSamples,
} from '../clip-samples.ts';
import { isExact } from '../grade.ts';
import { inParallel } from '../in-parallel.ts';
import { wilson } from '../proportion.ts';
import { languages } from '../sample.ts';
import { Count, type SectionOptions } from '../section.ts';
import { evaluationRng } from '../seed.ts';
import { framesOf } from './frames.ts';
import type { VideoReport } from './report.ts';
import { type ClipAnswer, clipReport } from './score.ts';

const full = { perMotion: 30 };
const sample = { perMotion: 2 };
const strengths = { heldOut: 0, seen: 0.5 };

export async function evaluateVideo(
  engine: Answerer,
  data: ClipEvaluationData,
  options: SectionOptions = {},
): Promise<VideoReport> {
  const { video } = engine.model;
  if (!video) throw new Error(`${engine.model.id} watches no videos`);
  const { quick = false, limit = Number.POSITIVE_INFINITY, concurrency = 1, signal } = options;
  const perMotion = Math.min((quick ? sample : full).perMotion, limit);
  const { frames, size } = video;
  const sets = {
    heldOut: renderedClipSamples(data.heldOut, { frames, size, perMotion, strength: strengths.heldOut }),
    seen: renderedClipSamples(data.seen, { frames, size, perMotion, strength: strengths.seen }),
    animations: data.animations ? animationSamples(data.animations, limit) : [],
  };
  const count = new Count(
    options,
    Object.values(sets).reduce((sum, samples) => sum + samples.length, 0),
  );
  const ask = async (samples: readonly ClipSample[], what: string): Promise<ClipAnswer[]> => {
    const answers = await inParallel([...samples.entries()], concurrency, async ([place, one]) => {
      const shown = await framesOf(one, frames, size);
      const own: ClipAnswer[] = [];
      for (const asked of clipAsks(one, place)) {
        signal?.throwIfAborted();
        own.push({ ...asked, answer: await answerAbout(engine, { frames: shown }, asked.question, signal) });
      }
      count.add(what);
      return own;
    });
    return answers.flat();
  };
  const heldOut = await ask(sets.heldOut, 'clips of a style it never saw');
  const seen = await ask(sets.seen, 'clips of known styles');
  const animations = await askNames(engine, sets.animations, options, () => count.add('animations'));
  return {
    frames,
    heldOut: clipReport(heldOut, sets.heldOut.length),
    seen: clipReport(seen, sets.seen.length),
    ...(animations ? { animations } : {}),
  };
}

type ClipAsk = Omit<ClipAnswer, 'answer'> & { readonly question: string };

/** Every question type in both languages, in its canonical wording. */
function clipAsks(sample: ClipSample, place: number): ClipAsk[] {
  const { thing, motion } = sample;
  if (!motion) return [];
  return languages.flatMap((language, l) =>
    videoQuestionTypes.map((type, t) => {
      const rng = evaluationRng('clipQuestion', place, l, t);
      const { question, answer } = askClip({ thing, motion }, type, language, rng, 'canonical');
      return { sample, motion, type, language, question, expected: answer };
    }),
  );
}

async function askNames(
  engine: Answerer,
  samples: readonly ClipSample[],
  { concurrency = 1, signal }: SectionOptions,
  onAnswer: () => void,
): Promise<VideoReport['animations']> {
  const { video } = engine.model;
  if (samples.length === 0 || !video) return undefined;
  const right = { en: 0, zh: 0 };
  await inParallel([...samples.entries()], concurrency, async ([place, one]) => {
    const frames = await framesOf(one, video.frames, video.size);
    for (const [l, language] of languages.entries()) {
      signal?.throwIfAborted();
      const rng = evaluationRng('clipQuestion', place, l);
      const { question } = askClip(
        { thing: one.thing, motion: 'still' },
        'thing',
        language,
        rng,
        'canonical',
      );
      const answer = await answerAbout(engine, { frames }, question, signal);
      if (isExact(answer, nameOf(one.thing, language))) right[language]++;
    }
    onAnswer();
  });
  const share = (correct: number) => ({
    ...wilson(correct, samples.length),
    accuracy: correct / samples.length,
  });
  return { en: share(right.en), zh: share(right.zh) };
}
