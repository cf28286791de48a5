/**
 * The frozen encoder runs once over the frames of many clips, as features.ts has it run over scenes. Which clip stands
 * at which place is a pure function of the seed.
 */
import { Tensor } from '@x-llm/ort';
import {
  type Clip,
  clipAt,
  createClipLoader,
  Pictures,
  trainingStyleIds,
  trainingStyles,
} from '../data/index.ts';
import { clipCount, clipFrames, encoderConfig, patchCount, recipeSeed, runsDirectory } from './config.ts';
import {
  type CacheOptions,
  encoderBatch,
  type FeatureFile,
  openFeatureFile,
  writeFeatures,
} from './feature-file.ts';

const fileOf = (clips: number): FeatureFile => ({
  path: `${runsDirectory}/features/clips-${clips}x${clipFrames}.f16`,
  samples: clips,
  pictures: clipFrames,
  what: 'clips',
  step: 'clips',
});

const seed = recipeSeed + 3;
/** Of the strongest clips; each draws its own. */
const stream = { styles: trainingStyleIds, strength: 0.9 } as const;

/** Encodes all clips, or the first `clips` of them (a multiple of 8), unless that is done. */
export async function cacheClipFeatures(options: CacheOptions & { clips?: number }): Promise<void> {
  await writeFeatures(fileOf(options.clips ?? clipCount), options, async () => {
    const pictures = await Pictures.load(trainingStyles, { onProgress: options.note });
    return createClipLoader(pictures, {
      ...stream,
      seed,
      batchSize: encoderBatch / clipFrames,
      frames: clipFrames,
      size: encoderConfig.imageSize,
    });
  });
}

export interface ClipFeatures extends AsyncDisposable {
  readonly clips: readonly Clip[];
  /** Reads the features of the clips at `places` into one tensor [places · frames, P, E]. */
  gather(places: readonly number[]): Promise<Tensor>;
}

/** Opens the cache of `clips` clips, and makes the list of them anew. Features are read as they are asked for. */
export async function openClipFeatures(pictures: Pictures, clips = clipCount): Promise<ClipFeatures> {
  const features = await openFeatureFile(fileOf(clips));
  return {
    clips: Array.from({ length: clips }, (_, place) => clipAt(pictures, seed, place, stream)),
    gather: async (places) =>
      Tensor.from('float32', await features.gather(places), [
        places.length * clipFrames,
        patchCount,
        encoderConfig.width,
      ]),
    [Symbol.asyncDispose]: () => features[Symbol.asyncDispose](),
  };
}
