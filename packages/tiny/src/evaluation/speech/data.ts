/** Who says what evaluation asks. */
import type { Voice } from '../../data/speech/voices.ts';
import { trainingVoices } from '../../data/speech/voices.ts';
import type { Language } from '../../data/world.ts';
import { languages } from '../sample.ts';
import { evaluationRng } from '../seed.ts';
import { choosingVoices, heldOutVoices, speak } from './speak.ts';

export interface SpeechEvaluationData {
  /** The text in that voice, at 16 kHz. */
  speak(text: string, language: Language, voice: string, options: { seed: number }): Promise<Float32Array>;
  readonly voices: {
    /** Never heard in training. */
    readonly heldOut: Readonly<Record<Language, readonly Voice[]>>;
    /** Never heard either, to choose by; they do not count. */
    readonly choosing: Readonly<Record<Language, readonly Voice[]>>;
    /** A few of those that were heard. */
    readonly heard: Readonly<Record<Language, readonly Voice[]>>;
  };
}

/** As many of training's voices as are listened to in each language. */
const heardVoices = 6;

/** Half of the English ones Flite's where there are as many, the others any of eSpeak NG's; the same each time. */
function someHeard(language: Language): readonly Voice[] {
  const { women, men, flite } = trainingVoices[language];
  const rng = evaluationRng('sentence', languages.indexOf(language));
  const ofFlite = rng.shuffle([...flite]).slice(0, heardVoices / 2);
  const espeak = heardVoices - ofFlite.length;
  const some = (list: readonly Voice[], count: number): Voice[] => rng.shuffle([...list]).slice(0, count);
  return [...some(women, Math.ceil(espeak / 2)), ...some(men, Math.floor(espeak / 2)), ...ofFlite];
}

/** The engines are fetched through npm with the first word. */
export function openSpeechEvaluationData(): SpeechEvaluationData {
  return {
    speak,
    voices: {
      heldOut: heldOutVoices,
      choosing: choosingVoices,
      heard: { en: someHeard('en'), zh: someHeard('zh') },
    },
  };
}
