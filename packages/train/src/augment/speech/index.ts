/** Changes of speech while training: pure functions on log mel features, and noises as waves. */
export { changeSpeech, type SpeechChanges } from './change-speech.ts';
export { changeDynamics, changeHiss } from './loudness.ts';
export { activePower, addFeatures, beginAt, mixAtSnr, mixFeaturesAtSnr } from './mix.ts';
export { babble, colouredNoise, hum, type NoiseColour, noiseColours } from './noise.ts';
export { type SpecAugmentOptions, specAugment } from './spec-augment.ts';
export {
  changePace,
  moveFormants,
  sharpenFormants,
  sharpenTransitions,
  warpFrequency,
  warpTime,
} from './warp.ts';
