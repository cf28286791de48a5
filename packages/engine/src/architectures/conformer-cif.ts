import { framesPerOutput, hearTokens, type SpeechEncoderConfig, subsampledFrames } from '@x-llm/models';
import { addDims, multiplyDims } from '@x-llm/onnx';
import { z } from 'zod';
import type { Make, SpeechEncoder } from './architecture.ts';

const size = z.int().positive();
const odd = size.refine((value) => value % 2 === 1, { error: 'expected an odd number' });

const conformer = z
  .strictObject({
    inputWidth: size,
    width: size,
    heads: size,
    feedForwardWidth: size,
    blocks: size,
    kernel: odd,
    layerNormEpsilon: z.number().positive(),
    batchNormEpsilon: z.number().positive(),
    subsamplingChannels: z.int().positive().optional(),
    convolutionNorm: z.enum(['batch', 'layer']).optional(),
    poolAfter: z.array(size).default([]),
  })
  .refine(({ width, heads }) => width % heads === 0, { error: 'width must be a multiple of heads' })
  .refine(({ width }) => width % 2 === 0, { error: 'width must be even: positions are sines and cosines' })
  .refine(
    ({ poolAfter, blocks }) =>
      poolAfter.every((block, at) => block <= blocks && block > (poolAfter[at - 1] ?? 0)),
    {
      error: 'poolAfter must be numbers of blocks, each larger than the one before',
    },
  );

const config = z.strictObject({
  conformer,
  cif: z.strictObject({
    threshold: z.number().gt(0).lte(1),
    tail: z.number().gte(0).lt(1),
    kernel: odd,
  }),
});

/** The configuration alone, for training. */
export const conformerCifConfig: Make<SpeechEncoderConfig> = (json) => config.parse(json);

/** Of features: 25 ms every 10 ms. */
const shiftSeconds = 0.01;
/** The middle of the first frame, less half of what it stands for: features 0 to 6, the middle of 25 ms. */
const offsetSeconds = 0.0225;
/** The two convolutions of stride 2 have no padding. */
const surroundings = 3;

/** Conformer with CIF at its end: X-LLM's speech encoder. */
export const conformerCif: Make<SpeechEncoder> = (json) => {
  const encoder = conformerCifConfig(json);
  const each = framesPerOutput(encoder.conformer);
  return {
    melBins: encoder.conformer.inputWidth,
    frames: (features) => Math.floor(subsampledFrames(features) / (each / 4)),
    features: (frames) => addDims(multiplyDims(frames, each), surroundings),
    secondsAt: (index) => index * each * shiftSeconds + offsetSeconds,
    build: (parameters, features, lengths) => hearTokens(encoder, parameters, features, lengths),
  };
};
