/** Speech of training: synthesised, cached, read. Held-out voices are in `evaluation/speech`. */
export { openSpeech, type SpeechCorpus, type Utterance } from './corpus.ts';
export { shardSize } from './layout.ts';
export { makeNoiseBank, type Noise, type NoiseBank } from './noise-bank.ts';
export { type Phonemes, phonemesOf } from './phonemes.ts';
export type { SpeechFamily, TextSource } from './plan.ts';
export { speechFeatures } from './render.ts';
export { speakable } from './speakable.ts';
export { type Syllable, type SyllablesOf, splitSyllables, syllablesOf } from './syllables.ts';
export { type SynthesisOptions, synthesise } from './synthesise.ts';
export { trainingVoices, type Voice } from './voices.ts';
