/**
 * The paper's relative score (section 5 of arXiv 2305.04160): answers about media against those of a language model that
 * is told the truth in words. There a judge scores both, here rules do, and the language model is the same.
 */
import { type Answerer, answerAbout, answerFromCaptions, type CaptionAnswerer } from '../answerer.ts';
import { gradedAnswer } from '../grade.ts';
import { inParallel } from '../in-parallel.ts';
import { Count, type SectionOptions } from '../section.ts';
import { type RelativeData, type RelativeStyle, relativeQuestions } from './questions.ts';
import type { RelativeReport } from './report.ts';
import { relativeReport } from './score.ts';

const full = { perType: 30 };
const sample = { perType: 4 };

const labels: Readonly<Record<RelativeStyle, string>> = {
  heldOut: 'against the truth in words',
  seen: 'against the truth in words, known styles',
};

export async function evaluateRelative(
  engine: Answerer,
  told: CaptionAnswerer,
  data: RelativeData,
  style: RelativeStyle,
  options: SectionOptions = {},
): Promise<RelativeReport> {
  const { quick = false, limit = Number.POSITIVE_INFINITY, concurrency = 1, signal } = options;
  const perType = Math.min((quick ? sample : full).perType, limit);
  const questions = await relativeQuestions(engine, data, style, perType);
  const count = new Count(options, questions.length);
  const pairs = await inParallel(questions, concurrency, async (one) => {
    signal?.throwIfAborted();
    const { group, source, type, captions, question } = one;
    const media = gradedAnswer(one, await answerAbout(engine, await one.media(), question, signal));
    const caption = gradedAnswer(one, await answerFromCaptions(told, captions, question, signal));
    count.add(labels[style]);
    return { group, source, type, media, caption };
  });
  return relativeReport(pairs);
}
