/** For tests and measurements in other packages: real engines over random weights. */
export { ask, type Collected, collect, picture, startEngine, type TestEngine, user } from './engine.ts';
export { measureSpeed, type Speed } from './measure.ts';
export { type RandomBundleOptions, writeRandomBundle } from './random-bundle.ts';
