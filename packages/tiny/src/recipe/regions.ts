import { type EvaVitConfig, imageTokens, patchGrid } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { noLabel } from '@x-llm/train';
import type { Scene } from '../data/index.ts';

/** A picture is asked about as a whole, or its left and its right half. */
export const regionCount = 2;

/**
 * What the encoder is asked about each scene: of a pair, what is on the left and what is on the right, from the
 * patches of that half; of any other, what all of it shows, from all tokens. `regions` float32 [B, 2, P], `labels`
 * int64 [B, 2].
 */
export function regionQuestions(
  scenes: readonly Scene[],
  encoder: EvaVitConfig,
): { regions: Tensor<'float32'>; labels: Tensor<'int64'> } {
  const tokens = imageTokens(encoder);
  const regions = new Float32Array(scenes.length * regionCount * tokens);
  const labels = new BigInt64Array(scenes.length * regionCount).fill(BigInt(noLabel));
  for (const [row, { kind, items }] of scenes.entries()) {
    const asked = kind === 'pair' ? [leftHalf(encoder), rightHalf(encoder)] : [wholePicture(encoder)];
    for (const [region, weights] of asked.entries()) {
      const place = row * regionCount + region;
      regions.set(weights, place * tokens);
      labels[place] = BigInt(items[region]?.thing ?? noLabel);
    }
  }
  return {
    regions: Tensor.from('float32', regions, [scenes.length, regionCount, tokens]),
    labels: Tensor.from('int64', labels, [scenes.length, regionCount]),
  };
}

/** Equal weights of all tokens, the class token's included. */
const wholePicture = (encoder: EvaVitConfig): Float32Array => {
  const tokens = imageTokens(encoder);
  return new Float32Array(tokens).fill(1 / tokens);
};

const leftHalf = (encoder: EvaVitConfig) => columns(encoder, (column, side) => column < side / 2);
const rightHalf = (encoder: EvaVitConfig) => columns(encoder, (column, side) => column >= side / 2);

/** Equal weights of the patches in some columns, none of the class token. */
function columns(encoder: EvaVitConfig, within: (column: number, side: number) => boolean): Float32Array {
  const side = patchGrid(encoder);
  const weights = new Float32Array(imageTokens(encoder));
  for (let patch = 0; patch < side ** 2; patch++) if (within(patch % side, side)) weights[1 + patch] = 1;
  const count = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / count);
}
