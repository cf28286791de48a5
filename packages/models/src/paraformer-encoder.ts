/**
 * Paraformer as a speech encoder: from log mel energies through FunASR's front end (low frame rate, global CMVN), the SANM
 * encoder and the predictor to one embedding for each token that is heard.
 *
 * Paper: arXiv 2206.08317. Reference: FunASR `frontends/wav_frontend.py` (`apply_lfr`, `apply_cmvn`) and
 * `models/paraformer/model.py` (`encode`, `calc_predictor`) @ 3c58cb5, batches of one. The normalisation is kept with the
 * weights, as `frontend.cmvn.shift` and `frontend.cmvn.scale`.
 */
import {
  add,
  addDims,
  cast,
  type Dim,
  div,
  floorDim,
  GraphError,
  gather,
  less,
  max,
  min,
  mul,
  multiplyDims,
  type Parameters,
  range,
  reshape,
  sizeTensor,
  slice,
  sub,
  type Tensor,
  where,
} from '@x-llm/onnx';
import { type CifOutputs, frameMask } from './cif.ts';
import { widthOf } from './layers.ts';
import { type PredictorOptions, predictTokens, type SanmConfig, sanmEncoder } from './paraformer.ts';
import type { SpeechEncoderOutputs } from './speech-encoder.ts';

export interface ParaformerConfig {
  readonly frontEnd: {
    readonly melBins: number;
    /** Frames of features side by side in one of the encoder's; `stack` · `melBins` is its input width. */
    readonly stack: number;
    /** Frames of features from one of the encoder's to the next. */
    readonly step: number;
  };
  readonly sanm: Omit<SanmConfig, 'inputWidth'>;
  readonly predictor: Required<PredictorOptions> & {
    /** A token is complete when its weight reaches this. */
    readonly threshold: number;
    /** The weight that is added in the first frame behind the end. */
    readonly tailWeight: number;
    /** Tokens at the end that stand for the end of the sentence, and are not said: FunASR's `predictor_bias`. */
    readonly bias: number;
  };
}

/** Frames of the encoder that so many of features become. */
export const stackedFrames = ({ step }: ParaformerConfig['frontEnd'], features: number): number =>
  Math.ceil(features / step);

/**
 * Low frame rate: row i is frames step·i − (stack − 1)/2 and those after it, side by side; the utterance's first and last
 * stand in for what is outside of it. `features` [B, T, melBins], `lengths` int64 [B] → [B, S, stack·melBins].
 */
export function stackFrames(
  { melBins, stack, step }: ParaformerConfig['frontEnd'],
  features: Tensor,
  lengths: Tensor,
  frames: Dim,
): Tensor {
  const { graph } = features;
  const [batch = 1, rows = 1] = features.shape;
  const whole = (value: number) => graph.scalar('int64', value);
  const first = sub(mul(range(graph, frames), whole(step)), whole(Math.floor((stack - 1) / 2)));
  const wanted = add(reshape(first, [frames, 1]), range(graph, stack)); // [S, stack]
  const last = reshape(sub(lengths, whole(1)), [batch, 1, 1]);
  const places = max(min(wanted, last), whole(0)); // [B, S, stack]
  const starts = reshape(mul(range(graph, batch), sizeTensor(graph, rows)), [batch, 1, 1]);
  const all = reshape(features, [multiplyDims(batch, rows), melBins]);
  return reshape(gather(all, add(places, starts)), [batch, frames, stack * melBins]);
}

/** (x + shift)·scale, column by column: FunASR's `am.mvn`. */
function normaliseGlobally(parameters: Parameters, x: Tensor): Tensor {
  const cmvn = parameters.at('frontend.cmvn');
  const shape = [widthOf(x)];
  return mul(add(x, cmvn.get('shift', shape)), cmvn.get('scale', shape));
}

/**
 * `features` [B, T, melBins], Kaldi's with a Hamming window, and how many of each count, int64 [B] → embeddings
 * [B, S + 1, C], S = ⌈T / step⌉. An utterance in a batch says what it says alone: behind its end there is nothing.
 *
 * ```ts
 * const features = graph.input('features', 'float32', ['B', '6*S', 80]);
 * const { embeddings, counts } = hearWithParaformer(config, parameters, features, lengths);
 * ```
 */
export function hearWithParaformer(
  config: ParaformerConfig,
  parameters: Parameters,
  features: Tensor,
  lengths: Tensor,
): SpeechEncoderOutputs {
  const { frontEnd, sanm, predictor } = config;
  const { graph } = features;
  const { melBins, stack, step } = frontEnd;
  const [batch = 1, rows = 1] = features.shape;
  const whole = (value: number) => graph.scalar('int64', value);
  const frames = floorDim(addDims(rows, step - 1), step);
  if (frames === undefined) {
    throw new GraphError(`expected a multiple of ${step} frames, got ${rows}`, graph.scopePath);
  }
  const counts = div(add(lengths, whole(step - 1)), whole(step)); // ⌈T / step⌉, int64 [B]
  const stacked = normaliseGlobally(parameters, stackFrames(frontEnd, features, lengths, frames));
  const encoder = { ...sanm, inputWidth: stack * melBins };
  const { output } = sanmEncoder(encoder, parameters, stacked, counts);
  // The predictor's convolution looks at neighbours, and the tail takes the first frame behind the end.
  const states = mul(output, reshape(frameMask(counts, frames), [batch, frames, 1]));
  const fired = predictTokens(parameters, states, counts, { ...predictor, maximum: addDims(frames, 1) });
  const weights = slice(fired.weights, 1, 0, frames);
  // Without the tail's weight, which stands where an utterance has ended.
  const own = mul(weights, frameMask(counts, frames));
  return { ...withoutLast(fired, predictor.bias), weights: own, lengths: counts };
}

/** Leaves the last `bias` tokens of each utterance out. */
function withoutLast(fired: CifOutputs, bias: number): CifOutputs {
  if (bias === 0) return fired;
  const { graph } = fired.embeddings;
  const [batch = 1, slots = 1] = fired.embeddings.shape;
  const whole = (value: number) => graph.scalar('int64', value);
  const counts = max(sub(fired.counts, whole(bias)), whole(0));
  const said = less(range(graph, slots), reshape(counts, [batch, 1])); // [B, N]
  return {
    ...fired,
    counts,
    embeddings: mul(fired.embeddings, reshape(cast(said, 'float32'), [batch, slots, 1])),
    firedAt: where(said, fired.firedAt, whole(-1)),
  };
}
