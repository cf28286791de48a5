/**
 * Step 4 of the recipe: the frozen encoder runs once over many augmented scenes, and what it says is kept on disk.
 * Stages 1 and 2 read this cache: which scene stands at which place is a pure function of the seed.
 */
import { Tensor } from '@x-llm/ort';
import {
  createBatchLoader,
  Pictures,
  type Scene,
  sceneAt,
  trainingStyleIds,
  trainingStyles,
} from '../data/index.ts';
import {
  encoderBatch,
  encoderConfig,
  fullSizes,
  patchCount,
  recipeSeed,
  sceneShare,
  sceneStrengths,
} from './config.ts';
import { type CacheOptions, type FeatureFile, openFeatureFile, writeFeatures } from './feature-file.ts';
import { type RecipePlace, wholeRecipe } from './runs.ts';

const fileIn = ({ runs = wholeRecipe, sizes = fullSizes }: Partial<RecipePlace>): FeatureFile => ({
  path: `${runs('features')}/scenes-${sizes.scenes}.f16`,
  samples: sizes.scenes,
  pictures: 1,
  what: 'scenes',
  step: 'features',
});

const loaderOptions = {
  seed: recipeSeed + 2,
  batchSize: encoderBatch,
  size: encoderConfig.imageSize,
  styles: trainingStyleIds,
  kind: 'scene',
  share: sceneShare,
  strength: (step: number) => sceneStrengths[step % sceneStrengths.length] ?? 1,
} as const;

/** Encodes all scenes unless that is done. */
export async function cacheFeatures(options: CacheOptions): Promise<void> {
  await writeFeatures(fileIn(options), options, async () => {
    const pictures = await Pictures.load(trainingStyles, { onProgress: options.note });
    return createBatchLoader(pictures, loaderOptions);
  });
}

export interface SceneFeatures extends AsyncDisposable {
  readonly scenes: readonly Scene[];
  /** Reads the features of the scenes at `places` into one tensor [places, P, E]. */
  gather(places: readonly number[]): Promise<Tensor>;
}

/** Opens the cache, and makes the list of its scenes anew. Pictures are read as they are asked for. */
export async function openFeatures(pictures: Pictures, place: Partial<RecipePlace>): Promise<SceneFeatures> {
  const file = fileIn(place);
  const features = await openFeatureFile(file);
  const scenes = Array.from({ length: file.samples }, (_, place) =>
    sceneAt(pictures, loaderOptions.seed, place, sceneShare),
  );
  return {
    scenes,
    gather: async (places) =>
      Tensor.from('float32', await features.gather(places), [places.length, patchCount, encoderConfig.width]),
    [Symbol.asyncDispose]: () => features[Symbol.asyncDispose](),
  };
}
