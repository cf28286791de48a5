/** Noise that speech is heard in: the same each time. */
import { babble, colouredNoise, createRandom, mixAtSnr, seedOf } from '@x-llm/train';
import { evaluationSeed } from '../seed.ts';

export const noiseKinds = ['babble', 'pink'] as const;
export type NoiseKind = (typeof noiseKinds)[number];

/** People that talk at once. */
const talkers = 5;

/**
 * The wave in noise: pink, or the babble of five others, who are drawn from `voices`. `place` is the utterance's number,
 * so that it has the same noise at every ratio.
 */
export function inNoise(
  wave: Float32Array,
  kind: NoiseKind,
  snrDb: number,
  voices: readonly Float32Array[],
  place: number,
): Float32Array {
  const random = createRandom(seedOf(evaluationSeed, kind, place));
  if (kind === 'pink') return mixAtSnr(wave, colouredNoise('pink', wave.length, random), snrDb);
  const others = Array.from({ length: talkers }, () => voices[random.integer(voices.length)] ?? wave);
  return mixAtSnr(wave, babble(others, wave.length, random), snrDb);
}
