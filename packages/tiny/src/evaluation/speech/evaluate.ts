/** Measures how well a model hears. */
import { prepareImage } from '@x-llm/media/node';
import { errorRate, exactMatch } from '@x-llm/train';
import type { PlainStyle } from '../../data/render-plain.ts';
import { type Thing, world } from '../../data/world.ts';
import { speechPrompts } from '../../text/hearing.ts';
import { type Answerer, answerAbout, transcriptOf } from '../answerer.ts';
import { inParallel } from '../in-parallel.ts';
import { plainNameSamples } from '../name-samples.ts';
import { plainQuestionSamples } from '../question-samples.ts';
import { Count, type SectionOptions } from '../section.ts';
import { shuffled } from '../seed.ts';
import type { SpeechEvaluationData } from './data.ts';
import { inNoise, noiseKinds } from './noise.ts';
import { type Dictated, perLanguage, pictureGain, transcriptionReport } from './recognition.ts';
import type { Alignment, SpeechReport } from './report.ts';
import { askSpoken, spokenAsks } from './spoken-questions.ts';
import { type SpokenUtterance, sentences, sentencesAbout, spoken } from './utterances.ts';

const normalisation =
  'NFKC, lower case, no punctuation, single blanks, none beside Chinese characters; CER counts characters (blanks between English words too), WER words';

const full = {
  perVoice: 40,
  choosing: 20,
  noisyPerVoice: { en: 9, zh: 15 },
  about: 120,
  perType: 40,
  alignments: 2,
};
const sample = {
  perVoice: 3,
  choosing: 1,
  noisyPerVoice: { en: 1, zh: 2 },
  about: 8,
  perType: 4,
  alignments: 2,
};

const noisyDb = [20, 10, 5, 0] as const;
const pictureDb = [10, 5, 0, -5] as const;
/** Sets of sentences, told apart. */
const sets = { heldOut: 1, heard: 2, noisy: 3, babble: 4, alignment: 5, choosing: 6 } as const;
const babbleVoices = 3;

/** `pictures`: the style that was never trained on. */
export async function evaluateSpeech(
  engine: Answerer,
  pictures: PlainStyle,
  data: SpeechEvaluationData,
  options: SectionOptions = {},
): Promise<SpeechReport> {
  const { quick = false, limit = Number.POSITIVE_INFINITY, concurrency = 1, signal } = options;
  const most = quick ? sample : full;
  const few = (count: number): number => Math.min(count, limit);
  const { heldOut, choosing, heard } = data.voices;
  const things: Thing[] = [];
  for (const thing of shuffled(world, 3)) if (await pictures.file(thing)) things.push(thing);
  const texts = {
    heldOut: sentences(heldOut, few(most.perVoice), sets.heldOut),
    heard: sentences(heard, few(most.perVoice), sets.heard),
    noisy: [
      ...sentences({ en: heldOut.en, zh: [] }, few(most.noisyPerVoice.en), sets.noisy),
      ...sentences({ en: [], zh: heldOut.zh }, few(most.noisyPerVoice.zh), sets.noisy),
    ],
    about: sentencesAbout(things, heldOut, few(most.about)),
    babble: sentences(heldOut, babbleVoices, sets.babble),
    choosing: sentences(choosing, few(most.choosing), sets.choosing),
    alignments: sentences({ en: heldOut.en.slice(-3), zh: [] }, 1, sets.alignment).slice(0, most.alignments),
  };
  const questions = spokenAsks(
    [
      ...(await plainNameSamples([pictures], few(most.perType))),
      ...(await plainQuestionSamples(pictures, few(most.perType))),
    ],
    data,
  );
  const noises = noiseKinds.flatMap((kind) => noisyDb.map((snrDb) => ({ kind, snrDb })));
  const said = Object.values(texts).reduce((sum, list) => sum + list.length, 0) - texts.alignments.length;
  const count = new Count(
    options,
    said +
      texts.heldOut.length +
      texts.heard.length +
      texts.choosing.length +
      texts.noisy.length * noises.length +
      texts.about.length * pictureDb.length +
      questions.length,
  );

  const sayAll = <T extends Parameters<typeof spoken>[1][number]>(list: readonly T[]) =>
    spoken(data, list, {
      onSpoken: () => count.add('speaking'),
      ...(signal ? { signal } : {}),
    });
  const dictate = <T extends SpokenUtterance>(
    list: readonly T[],
    what: string,
    heardAs: (one: T, place: number) => Float32Array = ({ wave }) => wave,
  ): Promise<Dictated[]> =>
    inParallel([...list.entries()], concurrency, async ([place, utterance]) => {
      signal?.throwIfAborted();
      const wave = heardAs(utterance, place);
      const hypothesis = await transcriptOf(engine, wave, speechPrompts.transcribe[0], signal);
      count.add(what);
      return { reference: utterance.text, hypothesis, utterance };
    });

  const babble = (await sayAll(texts.babble)).map(({ wave }) => wave);
  const heldOutAnswers = await dictate(await sayAll(texts.heldOut), 'voices it never heard');
  const heardAnswers = await dictate(await sayAll(texts.heard), 'known voices');

  const noisy = await sayAll(texts.noisy);
  const noise: SpeechReport['noise'][number][] = [];
  for (const { kind, snrDb } of noises) {
    const answers = await dictate(noisy, `in ${kind} noise`, ({ wave }, place) =>
      inNoise(wave, kind, snrDb, babble, place),
    );
    noise.push({ kind, snrDb, ...perLanguage(answers, (list) => errorRate(list, 'character')) });
  }

  const about = await inParallel(await sayAll(texts.about), concurrency, async (one) => {
    const file = await pictures.file(one.thing);
    if (!file) throw new Error(`${pictures.id} has no picture of ${one.thing.en}`);
    return { ...one, rgb: await prepareImage(file, { size: engine.model.imageSize }) };
  });
  const withPicture: SpeechReport['withPicture'][number][] = [];
  for (const snrDb of pictureDb) {
    const pairs = await inParallel([...about.entries()], concurrency, async ([place, utterance]) => {
      signal?.throwIfAborted();
      const wave = inNoise(utterance.wave, noiseKinds[place % 2] ?? 'pink', snrDb, babble, place);
      const { rgb, text: reference } = utterance;
      const [alone, seen] = [speechPrompts.transcribe[0], speechPrompts.transcribeWithPicture[0]];
      const audio = await answerAbout(engine, { wave }, alone, signal);
      const picture = await answerAbout(engine, { wave, rgb }, seen, signal);
      count.add('with the picture of what is said');
      return [
        { reference, hypothesis: audio, utterance },
        { reference, hypothesis: picture, utterance },
      ] as const;
    });
    const [alone, seen] = [pairs.map(([audio]) => audio), pairs.map(([, picture]) => picture)];
    withPicture.push({ snrDb, ...pictureGain(alone, seen) });
  }

  const answeredQuestions = await askSpoken(engine, questions, data, {
    concurrency,
    onAnswer: () => count.add('spoken questions'),
    ...(signal ? { signal } : {}),
  });
  const alignments = await align(engine, await spoken(data, texts.alignments));
  // Last, for eSpeak NG's breath goes on from what it said before.
  const choosingAnswers = await dictate(await sayAll(texts.choosing), 'voices to choose by');

  return {
    normalisation,
    heldOut: transcriptionReport(heldOutAnswers),
    heard: transcriptionReport(heardAnswers),
    choosing: transcriptionReport(choosingAnswers),
    noise,
    withPicture,
    questions: answeredQuestions,
    alignments,
    mistakes: heldOutAnswers
      .filter(({ reference, hypothesis }) => !exactMatch(hypothesis, reference))
      .map(({ reference, hypothesis, utterance }) => ({
        voice: utterance.voice.id,
        expected: reference,
        answer: hypothesis,
      })),
  };
}

/** Nothing where the model cannot tell times. */
async function align(engine: Answerer, said: readonly SpokenUtterance[]): Promise<Alignment[]> {
  const alignments: Alignment[] = [];
  for (const { text, language, voice, seed, wave } of said) {
    const events = engine.transcribe?.({
      samples: wave,
      prompt: speechPrompts.transcribe[0],
      temperature: 0,
    });
    if (!events) return [];
    let transcript = '';
    for await (const event of events) {
      if (event.type === 'text') transcript += event.text;
      if (event.type === 'end' && 'tokens' in event)
        alignments.push({ text, language, voice: voice.id, seed, transcript, tokens: event.tokens });
    }
  }
  return alignments;
}
