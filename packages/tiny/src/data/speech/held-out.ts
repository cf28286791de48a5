/**
 * The voices that training never hears: a whole engine of another kind (GnuSpeech computes the air in a vocal tract),
 * Flite's only woman, and vocal tracts and accents of eSpeak NG. Only evaluation imports this file; a test reads the
 * sources to see to it. Beside them the voices that models are chosen by, which training never hears either.
 */
import type { DataPackage } from '../packages.ts';
import type { Language } from '../world.ts';
import { espeakVoice, type Voice } from './voices.ts';

export const heldOutSpeechPackages = {
  gnuspeech: {
    name: '@echogarden/gnuspeech-wasm',
    version: '0.3.0',
    integrity:
      'sha512-ZXogAAuRxU98JyJg7/VebaDcy9yJKgImlhp3IHKUMvkctKYgI+xDatL+QXEDdY78Mk3yo3W/vMTq44jTLQilzg==',
    licence: 'GPL-3.0',
    keep: /^(wasm\/gnuspeech\.(js|wasm)|COPYING)$/,
  },
} as const satisfies Record<string, DataPackage>;

/** Two men, two women. */
export const heldOutVariants = ['m4', 'm8', 'f3', 'f5'] as const;
/** Lancashire and New York. */
export const heldOutAccents = ['en-gb-x-gbclan', 'en-us-nyc'] as const;

const english = (engine: 'flite' | 'gnuspeech', name: string): Voice => ({
  id: `${engine}:${name}`,
  engine,
  language: 'en',
});

/**
 * What is chosen between models or recipes is chosen by these, so that the voices that count stay unheard until the end: manners of
 * eSpeak NG that training leaves out, since whispers, robots and breaking voices are hard to understand.
 */
export const choosingVoices: Readonly<Record<Language, readonly Voice[]>> = {
  en: [
    'whisper',
    'whisperf',
    'klatt',
    'klatt5',
    'croak',
    'Marco',
    'Tweaky',
    'anikaRobot',
    'robosoft',
    'robosoft8',
  ].map((name) => espeakVoice('en', 'en-us', name)),
  zh: ['whisper', 'whisperf', 'klatt', 'klatt5', 'robosoft'].map((name) => espeakVoice('zh', 'cmn', name)),
};

/** What the model is measured on. */
export const heldOutVoices: Readonly<Record<Language, readonly Voice[]>> = {
  en: [
    espeakVoice('en', 'en-us', 'm4'),
    espeakVoice('en', 'en-gb-x-gbclan', 'm8'),
    espeakVoice('en', 'en-gb-x-rp', 'f3'),
    espeakVoice('en', 'en-us-nyc', 'f5'),
    english('flite', 'slt'),
    english('gnuspeech', 'male'),
    english('gnuspeech', 'female'),
  ],
  zh: heldOutVariants.map((variant) => espeakVoice('zh', 'cmn', variant)),
};
