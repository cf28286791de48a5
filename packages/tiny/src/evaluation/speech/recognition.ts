/** Dictation: what is said against what the model writes down, clean and in noise, without and with a picture. */
import { type ErrorRate, errorRate, errorReduction, type Transcribed } from '@x-llm/train';
import type { Language } from '../../data/world.ts';
import type { ByLanguage } from '../report.ts';
import { languages } from '../sample.ts';
import type { PictureGain, TranscriptionReport, TranscriptionScore } from './report.ts';
import type { Utterance } from './utterances.ts';

export interface Dictated extends Transcribed {
  readonly utterance: Utterance;
}

/** Of one language; words are counted in English only, for Chinese does not part them. */
export function transcriptionScore(dictated: readonly Dictated[], language: Language): TranscriptionScore {
  const cer = errorRate(dictated, 'character');
  return language === 'en' ? { cer, wer: errorRate(dictated, 'word') } : { cer };
}

export function transcriptionReport(dictated: readonly Dictated[]): TranscriptionReport {
  const groupedBy = (keyOf: (one: Dictated) => string): Record<string, ErrorRate> =>
    Object.fromEntries(
      Object.entries(Object.groupBy(dictated, keyOf)).map(([key, group = []]) => [
        key,
        errorRate(group, 'character'),
      ]),
    );
  return {
    ...perLanguage(dictated, transcriptionScore),
    byEngine: groupedBy(({ utterance: { voice, language } }) => `${voice.engine} ${language}`),
    byVoice: groupedBy(({ utterance: { voice } }) => voice.id),
  };
}

/** The same utterances heard alone and with the picture of what they are about. */
export function pictureGain(
  audio: readonly Dictated[],
  withPicture: readonly Dictated[],
): Omit<PictureGain, 'snrDb'> {
  const gain = (from: readonly Dictated[], to: readonly Dictated[]): PictureGain['all'] => ({
    audio: errorRate(from, 'character'),
    picture: errorRate(to, 'character'),
    reduction: errorReduction(from, to, 'character'),
  });
  const of =
    (language: Language) =>
    (list: readonly Dictated[]): Dictated[] =>
      list.filter(({ utterance }) => utterance.language === language);
  const [en, zh] = languages.map((language) => gain(of(language)(audio), of(language)(withPicture)));
  if (!en || !zh) throw new Error('both languages are asked');
  return { all: gain(audio, withPicture), en, zh };
}

export function perLanguage<T>(
  dictated: readonly Dictated[],
  score: (dictated: readonly Dictated[], language: Language) => T,
): ByLanguage<T> {
  const of = (language: Language): T =>
    score(
      dictated.filter(({ utterance }) => utterance.language === language),
      language,
    );
  return { en: of('en'), zh: of('zh') };
}
