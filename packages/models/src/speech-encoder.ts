/**
 * X-LLM's speech encoder: a Conformer with CIF at its end, one embedding for each token that is heard.
 *
 * Papers: X-LLM (arXiv 2305.04160), CIF (arXiv 1905.11235). The parameters of the weights are `cif.*`.
 */
import { addDims, cast, mul, type Parameters, pad, reshape, type Tensor } from '@x-llm/onnx';
import { type CifOutputs, cif, frameWeights } from './cif.ts';
import { type ConformerConfig, conformer } from './conformer.ts';

export interface SpeechEncoderConfig {
  readonly conformer: ConformerConfig;
  readonly cif: {
    /** A token is complete when its weight reaches this: 1, or a little less. */
    readonly threshold: number;
    /** What is left at the end is a token when it is more than this; 0.5 in the paper's references. */
    readonly tail: number;
    /** Frames that a weight is made from, odd. */
    readonly kernel: number;
  };
}

export interface SpeechEncoderOutputs extends CifOutputs {
  /** Of each frame that counts, 0 for others: [B, S]. */
  readonly weights: Tensor;
  /** Frames that count, int64 [B]. */
  readonly lengths: Tensor;
}

/**
 * `features` and `lengths` as `conformer` takes them → embeddings [B, S + 1, C], S the frames that come out. An utterance
 * in a batch says what it says alone, its tail included.
 *
 * ```ts
 * const features = graph.input('features', 'float32', ['B', '8*S+3', 80]);
 * const { embeddings, counts } = hearTokens(config, parameters, features, lengths);
 * ```
 */
export function hearTokens(
  config: SpeechEncoderConfig,
  parameters: Parameters,
  features: Tensor,
  lengths: Tensor,
): SpeechEncoderOutputs {
  const { threshold, tail, kernel } = config.cif;
  const heard = conformer(config.conformer, parameters, features, lengths, { padding: 'hidden' });
  const [batch = 1, frames = 1] = heard.mask.shape;
  const keep = cast(heard.mask, 'float32');
  // The weights' convolution looks at neighbours: behind the end there are none.
  const states = mul(heard.output, reshape(keep, [batch, frames, 1]));
  const weights = mul(frameWeights(parameters.at('cif'), states, kernel), keep);
  // A frame of padding behind the longest, too: a tail needs one.
  const fired = cif(pad(weights, 1, 0, 1), pad(states, 1, 0, 1), heard.lengths, {
    threshold,
    tail,
    maximum: addDims(frames, 1),
    surplus: 'next-frame',
  });
  return { ...fired, weights, lengths: heard.lengths };
}
