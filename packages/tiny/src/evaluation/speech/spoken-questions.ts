/** Questions about pictures, typed and spoken. */
import { prepareImage } from '@x-llm/media/node';
import { speakable } from '../../data/speech/speakable.ts';
import { speechPrompts } from '../../text/hearing.ts';
import { type Answerer, answerAbout } from '../answerer.ts';
import type { AskOptions } from '../ask-all.ts';
import { isRight } from '../grade.ts';
import { inParallel } from '../in-parallel.ts';
import { wilson } from '../proportion.ts';
import { type Answered, type Ask, languages, type Sample } from '../sample.ts';
import { questionTable } from '../score.ts';
import { evaluationRng } from '../seed.ts';
import type { SpeechEvaluationData } from './data.ts';
import type { QuestionSet, SpokenQuestions } from './report.ts';
import { type SpokenUtterance, spoken, type Utterance, voiceAt } from './utterances.ts';

interface SpokenAsk extends Utterance {
  readonly sample: Sample;
  readonly ask: Ask;
}

/**
 * Every question of the samples that can be spoken, those of a type in turn by the held-out voices: every type is heard in
 * all of them alike.
 */
export function spokenAsks(
  samples: readonly Sample[],
  { voices }: Pick<SpeechEvaluationData, 'voices'>,
): SpokenAsk[] {
  const places = { en: 0, zh: 0 };
  const turns = new Map<string, number>();
  return samples.flatMap((sample) =>
    sample.asks
      .filter(({ question, language }) => speakable(question, language))
      .map((ask) => {
        const { language, question: text } = ask;
        const place = places[language]++;
        const kind = `${ask.type} ${language}`;
        const turn = turns.get(kind) ?? 0;
        turns.set(kind, turn + 1);
        const voice = voiceAt(voices.heldOut[language], turn);
        const { seed } = { seed: evaluationRng('spokenQuestion', languages.indexOf(language), place).bits() };
        return { sample, ask, text, language, voice, seed };
      }),
  );
}

/** Three answers to each: typed, spoken alone, spoken with a prompt. `onAnswer` is called once for each question. */
export async function askSpoken(
  engine: Answerer,
  asks: readonly SpokenAsk[],
  data: SpeechEvaluationData,
  { concurrency = 1, onAnswer, signal }: AskOptions,
): Promise<SpokenQuestions> {
  const said = await spoken(data, asks, signal ? { signal } : {});
  const answers = await inParallel(said, concurrency, async (one) => {
    signal?.throwIfAborted();
    const answered = await threeAnswers(engine, one, signal);
    onAnswer?.();
    return answered;
  });
  return {
    typed: questionSet(answers.map(({ typed }) => typed)),
    spoken: questionSet(answers.map(({ alone }) => alone)),
    prompted: questionSet(answers.map(({ prompted }) => prompted)),
  };
}

async function threeAnswers(
  engine: Answerer,
  { sample, ask, wave }: SpokenAsk & SpokenUtterance,
  signal: AbortSignal | undefined,
): Promise<{ typed: Answered; alone: Answered; prompted: Answered }> {
  const rgb = await prepareImage(await sample.file(), { size: engine.model.imageSize });
  const { thing, style } = sample;
  const answered = (answer: string): Answered => ({ ...ask, thing, style, answer });
  return {
    typed: answered(await answerAbout(engine, { rgb }, ask.question, signal)),
    alone: answered(await answerAbout(engine, { rgb, wave }, '', signal)),
    prompted: answered(await answerAbout(engine, { rgb, wave }, speechPrompts.answer[0], signal)),
  };
}

function questionSet(answers: readonly Answered[]): QuestionSet {
  const right = answers.filter(({ type, language, answer, expected }) =>
    isRight(type, language, answer, expected),
  ).length;
  return {
    all: { ...wilson(right, answers.length), accuracy: right / answers.length },
    types: questionTable(answers),
  };
}
