/** The data of the tiny model: its world and its pictures. */
export { Augmenter } from './augment/augmenter.ts';
export { countScene, pairScene, randomScene, type Scene, type SceneItem } from './augment/scene.ts';
export { type Batch, type BatchLoader, createBatchLoader, type LoaderOptions } from './batch-loader.ts';
export { defaultCacheDir, type FetchOptions } from './fetch.ts';
export { BatchFiller, type BatchOptions } from './fill-batch.ts';
export { Pictures } from './pictures.ts';
export { sceneAt } from './plan.ts';
export { openPlainStyle, type PlainStyle } from './render-plain.ts';
export { Rng } from './rng.ts';
export { trainingStyle, trainingStyleIds, trainingStyles } from './styles.ts';
export { type Clip, type ClipOptions, clipAt, randomClip, renderClip } from './video/clip.ts';
export {
  type ClipBatch,
  type ClipLoader,
  type ClipLoaderOptions,
  createClipLoader,
} from './video/clip-loader.ts';
export { type Motion, motions, motionsOf } from './video/motions.ts';
export { type FrameTruth, frameTruth, type Third } from './video/truth.ts';
export { type Language, nameOf, normaliseName, type Thing, thingAt, thingNamed, world } from './world.ts';
