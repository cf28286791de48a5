/** Runs in a thread: samples to features. */
import { type Features, fbank, normaliseUtterance } from '@x-llm/media';
import { move } from 'piscina';
import type { FeaturesTask } from './speech-features.ts';

export default function work({ samples, melBins, window = 'povey', cmvn }: FeaturesTask): Features {
  const energies = fbank(samples, { window, melBins });
  const features = cmvn === 'utterance' ? normaliseUtterance(energies) : energies;
  move(features.data.buffer as ArrayBuffer);
  return features;
}
