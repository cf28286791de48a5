/** For tests and measurements in other packages: real engines over random weights, and small checkpoints. */
export { bertFolder, funAsrFolder } from '../import/speech/testing.ts';
export { blip2Folder, pthFolder, pthSizes } from '../import/testing.ts';
export {
  ask,
  type Collected,
  collect,
  film,
  picture,
  startEngine,
  type TestEngine,
  user,
  voice,
} from './engine.ts';
export { measureSpeed, type Speed } from './measure.ts';
export { type RandomBundleOptions, writeRandomBundle } from './random-bundle.ts';
