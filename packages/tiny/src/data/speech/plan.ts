/** What utterance n is: its words, its voice and how it is said, as a pure function of the seed and n. */
import { Rng } from '../rng.ts';
import type { Language } from '../world.ts';
import type { Manner } from './engine.ts';
import { speakable } from './speakable.ts';
import { trainingVoices, type Voice } from './voices.ts';

/** Draws something to say. */
export type TextSource = (rng: Rng) => { text: string; language: Language };

export type SpeechFamily = 'training' | 'validation';

export interface UtterancePlan {
  readonly text: string;
  readonly language: Language;
  readonly voice: Voice;
  readonly manner: Manner;
  /** Played slower (−1), as it is (0) or faster (1) by a tenth, pitch and all. */
  readonly tempo: -1 | 0 | 1;
  /** Silence before and after, in seconds. */
  readonly lead: number;
  readonly tail: number;
  /** Root mean square while somebody speaks, in decibels of full scale. */
  readonly level: number;
}

/** Separates the random streams that share a seed. */
const domain: Readonly<Record<SpeechFamily, number>> = { training: 11, validation: 12 };

/** How much of English is Flite's. */
const fliteShare = 0.45;

/** Flite's four are men: they also speak as high as women do, nearly an octave up. */
const pitchOf = { espeak: [-0.4, 0.4], flite: [-0.4, 1.8] } as const;

/** Of eSpeak NG, which has more men. */
const womenShare = 0.45;

const attempts = 50;

/** @throws if the source gives nothing that can be said, 50 times in a row. */
export function planUtterance(
  text: TextSource,
  family: SpeechFamily,
  seed: number,
  n: number,
): UtterancePlan {
  const rng = new Rng(seed, domain[family], n);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const said = text(rng);
    if (!speakable(said.text, said.language)) continue;
    const voices = trainingVoices[said.language];
    const flite = rng.chance(fliteShare) && voices.flite.length > 0;
    const [lowest, highest] = pitchOf[flite ? 'flite' : 'espeak'];
    const espeak = rng.chance(womenShare) ? voices.women : voices.men;
    return {
      ...said,
      voice: rng.pick(flite ? voices.flite : espeak),
      manner: {
        wordsPerMinute: Math.round(rng.between(120, 210)),
        pitch: rng.between(lowest, highest),
        liveliness: rng.between(-0.4, 0.4),
      },
      tempo: rng.pick([-1, 0, 0, 0, 1] as const),
      lead: rng.between(0.05, 0.3),
      tail: rng.between(0.05, 0.3),
      level: rng.between(-34, -16),
    };
  }
  throw new Error(`utterance ${n}: ${attempts} texts in a row could not be spoken`);
}
