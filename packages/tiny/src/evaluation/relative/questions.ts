/** What is asked for the relative score: about pictures and clips, typed and spoken. */
import { prepareImage } from '@x-llm/media/node';
import type { Pictures } from '../../data/pictures.ts';
import { type Language, nameOf } from '../../data/world.ts';
import { trueCaption } from '../../text/captions.ts';
import { frameCaption } from '../../text/frames.ts';
import { askClip, type VideoQuestionType, videoQuestionTypes } from '../../text/motions.ts';
import type { PictureQuestionType } from '../../text/questions.ts';
import type { Answerer, Captions, Media } from '../answerer.ts';
import { type ClipEvaluationData, renderedClipSamples } from '../clip-samples.ts';
import type { EvaluationData } from '../data.ts';
import { augmentedNameSamples, plainNameSamples } from '../name-samples.ts';
import { augmentedQuestionSamples, plainQuestionSamples } from '../question-samples.ts';
import { languages, type Sample } from '../sample.ts';
import { evaluationRng, shuffled } from '../seed.ts';
import type { SpeechEvaluationData } from '../speech/data.ts';
import { spokenAsks } from '../speech/spoken-questions.ts';
import { spoken } from '../speech/utterances.ts';
import { framesOf } from '../video/frames.ts';
import type { RelativeGroup, RelativeSource } from './report.ts';

export interface RelativeQuestion {
  readonly group: RelativeGroup;
  readonly source: RelativeSource;
  readonly type: PictureQuestionType | VideoQuestionType;
  readonly language: Language;
  /** What is typed. */
  readonly question: string;
  readonly expected: string;
  /** Of the thing that it is about, in its language. */
  readonly name: string;
  media(): Promise<Media>;
  readonly captions: Captions;
}

/** The paper's types of question. */
const groupOf: Readonly<Record<PictureQuestionType | VideoQuestionType, RelativeGroup>> = {
  name: 'conversation',
  colour: 'conversation',
  isIt: 'conversation',
  isA: 'conversation',
  which: 'conversation',
  count: 'conversation',
  left: 'conversation',
  right: 'conversation',
  motion: 'conversation',
  thing: 'conversation',
  describe: 'detail',
  event: 'detail',
  use: 'reasoning',
  category: 'reasoning',
  translate: 'reasoning',
  doesIt: 'reasoning',
};

/** What is drawn: a style that was never trained on, as it is, or new scenes of those that were, half augmented. */
export type RelativeStyle = 'heldOut' | 'seen';

export interface RelativeData {
  readonly pictures: Pick<EvaluationData, 'heldOut' | 'seen'>;
  readonly speech?: SpeechEvaluationData | undefined;
  readonly clips?: Pick<ClipEvaluationData, 'heldOut' | 'seen'> | undefined;
}

/** `perType` things, clips and spoken questions of each type, in both languages. */
export async function relativeQuestions(
  { model }: Answerer,
  { pictures, speech, clips }: RelativeData,
  style: RelativeStyle,
  perType: number,
): Promise<RelativeQuestion[]> {
  const samples = await pictureSamples[style](pictures, model.imageSize, perType);
  const questions = aboutPictures(samples, model.imageSize);
  if (clips && model.video)
    questions.push(...aboutClips(clips[style], strengths[style], model.video, perType));
  if (speech && model.speech) questions.push(...(await aboutSpoken(samples, model.imageSize, speech)));
  return questions;
}

const strengths: Readonly<Record<RelativeStyle, number>> = { heldOut: 0, seen: 0.5 };

const pictureSamples: Readonly<
  Record<
    RelativeStyle,
    (pictures: RelativeData['pictures'], size: number, perType: number) => Promise<Sample[]>
  >
> = {
  heldOut: async ({ heldOut }, _, perType) => [
    ...(await plainNameSamples([heldOut], perType)),
    ...(await plainQuestionSamples(heldOut, perType)),
  ],
  seen: async ({ seen }, size, perType) => [
    ...augmentedNameSamples(seen, size, strengths.seen, perType),
    ...(await augmentedQuestionSamples(seen, size, strengths.seen, perType)),
  ],
};

const prepared = async ({ file }: Sample, size: number): Promise<Uint8Array> =>
  prepareImage(await file(), { size });

function aboutPictures(samples: readonly Sample[], size: number): RelativeQuestion[] {
  return samples.flatMap((sample) =>
    sample.asks.map(
      ({ type, language, question, expected }): RelativeQuestion => ({
        group: groupOf[type],
        source: 'pictures',
        type,
        language,
        question,
        expected,
        name: nameOf(sample.thing, language),
        media: async () => ({ rgb: await prepared(sample, size) }),
        captions: { image: trueCaption(sample.facts, language) },
      }),
    ),
  );
}

function aboutClips(
  pictures: Pictures,
  strength: number,
  { frames, size }: { frames: number; size: number },
  perType: number,
): RelativeQuestion[] {
  const samples = renderedClipSamples(pictures, {
    frames,
    size,
    strength,
    perMotion: Math.ceil(perType / 4),
  });
  return shuffled(samples, 4)
    .slice(0, perType)
    .flatMap((sample, place) =>
      languages.flatMap((language, l) =>
        videoQuestionTypes.map((type, t): RelativeQuestion => {
          const { thing, motion = 'still', truth = [] } = sample;
          const rng = evaluationRng('relative', place, l, t);
          const { question, answer } = askClip({ thing, motion }, type, language, rng, 'canonical');
          return {
            group: groupOf[type],
            source: 'clips',
            type,
            language,
            question,
            expected: answer,
            name: nameOf(thing, language),
            media: async () => ({ frames: await framesOf(sample, frames, size) }),
            captions: { video: frameCaption(thing, truth, language) },
          };
        }),
      ),
    );
}

/** The recording alone asks. */
async function aboutSpoken(
  samples: readonly Sample[],
  size: number,
  data: SpeechEvaluationData,
): Promise<RelativeQuestion[]> {
  const asks = await spoken(data, spokenAsks(samples, data));
  return asks.map(({ sample, ask, wave }): RelativeQuestion => {
    const { type, language, question, expected } = ask;
    return {
      group: groupOf[type],
      source: 'spoken',
      type,
      language,
      question: '',
      expected,
      name: nameOf(sample.thing, language),
      media: async () => ({ rgb: await prepared(sample, size), wave }),
      captions: { image: trueCaption(sample.facts, language), speech: question },
    };
  });
}
