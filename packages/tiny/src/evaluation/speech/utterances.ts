/** What is said to the model, by whom: always the same. */
import { speakable } from '../../data/speech/speakable.ts';
import type { Voice } from '../../data/speech/voices.ts';
import { type Language, nameOf, type Thing } from '../../data/world.ts';
import { spokenAbout, spokenSentence } from '../../text/spoken.ts';
import { inParallel } from '../in-parallel.ts';
import { languages } from '../sample.ts';
import { evaluationRng } from '../seed.ts';
import type { SpeechEvaluationData } from './data.ts';

export interface Utterance {
  readonly text: string;
  readonly language: Language;
  readonly voice: Voice;
  /** Of rate and pitch. */
  readonly seed: number;
}

export interface SpokenUtterance extends Utterance {
  /** 16 kHz. */
  readonly wave: Float32Array;
}

const attempts = 500;

/** Draws until what is drawn can be said and is wanted. */
function drawn(draw: () => string | undefined, language: Language): string {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const text = draw();
    if (text !== undefined && speakable(text, language)) return text;
  }
  throw new Error(`${attempts} texts in a row could not be spoken in '${language}'`);
}

/** `perVoice` sentences of the world for each voice, other ones for every voice. `set` keeps sets apart. */
export function sentences(
  voices: Readonly<Record<Language, readonly Voice[]>>,
  perVoice: number,
  set: number,
): Utterance[] {
  return languages.flatMap((language, l) =>
    voices[language].flatMap((voice, v) =>
      Array.from({ length: perVoice }, (_, n): Utterance => {
        const rng = evaluationRng('sentence', set, l, v, n);
        const sentence = (): string | undefined => {
          const said = spokenSentence(rng);
          return said.language === language ? said.text : undefined;
        };
        return { text: drawn(sentence, language), language, voice, seed: rng.bits() };
      }),
    ),
  );
}

/** Sentences that name a thing, in turn by all voices; things whose name cannot be spoken are left out. */
export function sentencesAbout(
  things: readonly Thing[],
  voices: Readonly<Record<Language, readonly Voice[]>>,
  perLanguage: number,
): (Utterance & { readonly thing: Thing })[] {
  return languages.flatMap((language, l) =>
    things
      .filter((thing) => speakable(nameOf(thing, language), language))
      .slice(0, perLanguage)
      .map((thing, n) => {
        const rng = evaluationRng('about', l, thing.id);
        const name = nameOf(thing, language);
        const sentence = (): string | undefined => {
          const text = spokenAbout(thing, language, rng);
          return text.includes(name) ? text : undefined;
        };
        const text = drawn(sentence, language);
        return { text, language, voice: voiceAt(voices[language], n), seed: rng.bits(), thing };
      }),
  );
}

/** The voices in turn. @throws when there are none. */
export function voiceAt(voices: readonly Voice[], place: number): Voice {
  const voice = voices[place % voices.length];
  if (!voice) throw new RangeError('there is no voice to speak');
  return voice;
}

/**
 * All of them said, one after the other: how eSpeak NG breathes goes on from what it said last, so their order is kept.
 */
export async function spoken<T extends Utterance>(
  data: SpeechEvaluationData,
  utterances: readonly T[],
  { onSpoken, signal }: { readonly onSpoken?: () => void; readonly signal?: AbortSignal } = {},
): Promise<(T & SpokenUtterance)[]> {
  return inParallel(utterances, 1, async (one) => {
    signal?.throwIfAborted();
    const wave = await data.speak(one.text, one.language, one.voice.id, { seed: one.seed });
    onSpoken?.();
    return { ...one, wave };
  });
}
