import type { EvaVitConfig } from '@x-llm/models';
import { world } from '../data/index.ts';

/** The picture encoder: EVA ViT behind a convolutional stem, 49 patches and the class token. */
export const encoderConfig: EvaVitConfig = {
  imageSize: 56,
  patchEmbedding: {
    kind: 'conv-stem',
    stages: [
      { channels: 32, blocks: 1 },
      { channels: 96, blocks: 2 },
      { channels: 192, blocks: 2 },
    ],
  },
  width: 192,
  depth: 3,
  heads: 6,
  mlpWidth: 768,
  positionGrid: 7,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};

/** Things the encoder learns to tell apart before anything else is trained. */
export const classCount = world.length;

/** Everything random in the recipe derives from this. */
export const recipeSeed = 20260;

/** Run folders, one per step of the recipe; ignored by git. */
export const runsDirectory = '.xllm/runs/tiny';
