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
import { clipFrames, encoderBatch, encoderConfig, fullSizes, patchCount, recipeSeed } from './config.ts';
import { type CacheOptions, type FeatureFile, openFeatureFile, writeFeatures } from './feature-file.ts';
import { type RecipePlace, wholeRecipe } from './runs.ts';

const fileIn = ({ runs = wholeRecipe, sizes = fullSizes }: Partial<RecipePlace>): FeatureFile => ({
  path: `${runs('features')}/clips-${sizes.clips}x${clipFrames}.f16`,
  samples: sizes.clips,
  pictures: clipFrames,
  what: 'clips',
  step: 'clips',
});

const seed = recipeSeed + 3;
/** Of the strongest clips; each draws its own. */
const stream = { styles: trainingStyleIds, strength: 0.9 } as const;

/** Encodes all clips unless that is done. */
export async function cacheClipFeatures(options: CacheOptions): Promise<void> {
  await writeFeatures(fileIn(options), options, async () => {
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

/** Opens the cache, and makes the list of its clips anew. Features are read as they are asked for. */
export async function openClipFeatures(
  pictures: Pictures,
  place: Partial<RecipePlace>,
): Promise<ClipFeatures> {
  const file = fileIn(place);
  const features = await openFeatureFile(file);
  return {
    clips: Array.from({ length: file.samples }, (_, at) => clipAt(pictures, seed, at, stream)),
    gather: async (places) =>
      Tensor.from('float32', await features.gather(places), [
        places.length * clipFrames,
        patchCount,
        encoderConfig.width,
      ]),
    [Symbol.asyncDispose]: () => features[Symbol.asyncDispose](),
  };
}
