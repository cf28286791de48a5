import { hearWithParaformer, type ParaformerConfig, stackedFrames } from '@x-llm/models';
import { multiplyDims } from '@x-llm/onnx';
import { z } from 'zod';
import type { Make, SpeechEncoder } from './architecture.ts';

const size = z.int().positive();
const odd = size.refine((value) => value % 2 === 1, { error: 'expected an odd number' });
const frames = z.int().nonnegative();

const config = z
  .strictObject({
    frontEnd: z.strictObject({ melBins: size, stack: odd, step: size }),
    sanm: z
      .strictObject({
        width: size,
        heads: size,
        feedForwardWidth: size,
        blocks: size,
        kernel: odd,
        epsilon: z.number().positive(),
      })
      .refine(({ width, heads }) => width % heads === 0, { error: 'width must be a multiple of heads' }),
    predictor: z.strictObject({
      before: frames,
      after: frames,
      smoothing: z.number().positive(),
      noise: z.number().gte(0).lt(1),
      threshold: z.number().gt(0).lte(1),
      tailWeight: z.number().gte(0).lt(1),
      bias: frames,
    }),
  })
  .refine(({ frontEnd: { melBins, stack } }) => (melBins * stack) % 2 === 0 && melBins * stack > 2, {
    error: 'melBins · stack must be even: positions are sines and cosines',
  })
  .refine(({ frontEnd: { melBins, stack }, sanm: { width } }) => melBins * stack !== width, {
    error: 'melBins · stack must not be width: the first block changes the width, which is how it is known',
  });

/** Of features: 25 ms every 10 ms. */
const shiftSeconds = 0.01;
/** The middle of the first 25 ms. */
const firstMiddleSeconds = 0.0125;

/** Paraformer's encoder and predictor behind FunASR's front end. */
export const paraformer: Make<SpeechEncoder> = (json) => {
  const encoder: ParaformerConfig = config.parse(json);
  const { frontEnd } = encoder;
  return {
    melBins: frontEnd.melBins,
    frames: (features) => stackedFrames(frontEnd, features),
    features: (count) => multiplyDims(count, frontEnd.step),
    // A frame stands for `step` of features around the one in the middle of its stack.
    secondsAt: (index) => (index - 0.5) * frontEnd.step * shiftSeconds + firstMiddleSeconds,
    build: (parameters, features, lengths) => hearWithParaformer(encoder, parameters, features, lengths),
  };
};
