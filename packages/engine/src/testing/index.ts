/** For tests and measurements in other packages: real engines over random weights, and small checkpoints. */
export { bertFolder, funAsrFolder, funAsrYaml, mvnText } from '../import/speech/testing.ts';
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
export { normalNumbers } from './random-weights.ts';
export { writeTorch } from './torch-file.ts';
