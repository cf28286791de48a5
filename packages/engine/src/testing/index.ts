/** For tests and measurements in other packages: real engines over random weights. */
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
