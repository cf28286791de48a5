/** How a config wants recordings changed, with its noises read. */
import { changeSpeech } from '../augment/speech/index.ts';
import { TrainError } from '../error.ts';
import type { Random } from '../random.ts';
import type { Base } from './base.ts';
import type { AugmentConfig, StageConfig } from './config.ts';
import { contentHash } from './feature-cache.ts';
import { hashOf, mediaBytes, readNoise, whyUnreadable } from './read-media.ts';

export interface SpeechAugmentation {
  /** Of each recording that a frozen encoder hears, the one as it is included. */
  readonly copies: number;
  /** The highest factor of speed. */
  readonly fastest: number;
  /** Of everything that decides what a change may be. */
  readonly hash: string;
  /** Log mel energies, not normalised: [frames, bins] → [frames', bins]. */
  change(energies: Float32Array, random: Random): Float32Array;
}

const defaultCopies = 4;

/** Reads the noises. @throws TrainError `invalid_bundle` where nothing hears, `invalid_config` for a noise that cannot be read. */
export async function openSpeechAugmentation(
  { augment, seed }: Pick<StageConfig, 'augment' | 'seed'>,
  { speech, bundle }: Base,
): Promise<SpeechAugmentation | undefined> {
  if (!augment) return undefined;
  if (!speech) {
    const why = `${bundle.path}: there is no interface for speech, whose recordings "augment" would change.`;
    throw new TrainError('invalid_bundle', why, 'Leave "augment" out.');
  }
  const { copies = defaultCopies, speed, noise, specAugment } = augment;
  const noises: Float32Array[] = [];
  const hashes: string[] = [];
  for (const file of noise?.files ?? []) {
    try {
      noises.push(await readNoise(file, speech));
      hashes.push(hashOf(await mediaBytes(file)));
    } catch (error) {
      const why = `augment.noise: ${file}: ${whyUnreadable(error)}`;
      throw new TrainError('invalid_config', why, 'Mend it or take it out.', { cause: error });
    }
  }
  const changes = {
    speed,
    noise: noise && { noises, snrDb: noise.snrDb, share: noise.share },
    specAugment: specAugment === true ? {} : masksOf(specAugment),
  };
  const { melBins } = speech.manifest.preprocessing;
  return {
    copies,
    fastest: Math.max(1, speed?.[1] ?? 1),
    hash: contentHash(JSON.stringify([seed, { speed, noise, specAugment }, hashes])),
    change: (energies, random) => changeSpeech(energies, changes, random, melBins),
  };
}

/** What is left out is left to the policy. */
const masksOf = (given: Exclude<AugmentConfig['specAugment'], true>) =>
  given && Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
