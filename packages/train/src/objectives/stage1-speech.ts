import {
  type ConformerConfig,
  cif,
  conformer,
  crossEntropy,
  ctcLoss,
  frameWeights,
  linear,
  quantityError,
  scaleToTargets,
} from '@x-llm/models';
import {
  add,
  argMax,
  cast,
  div,
  equal,
  type Graph,
  GraphError,
  mul,
  not,
  type Parameters,
  reduceMean,
  reduceSum,
  reshape,
  transpose,
} from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

/** The label of a place behind a text's last token. */
export const noToken = -100;

/** A token fires just below 1: a sum of scaled weights may miss its number of tokens by a rounding error. */
export const firingThreshold = 0.999;

export interface Stage1SpeechOptions {
  readonly encoder: ConformerConfig;
  readonly vocabulary: number;
  readonly batch: number;
  /** Frames of features, padding included. */
  readonly frames: number;
  /** Tokens that a text may have. */
  readonly tokens: number;
  readonly labelSmoothing?: number;
  /** How much |Σ weights − tokens| counts. */
  readonly quantityWeight?: number;
  readonly ctc: CtcOptions;
}

/** What the frames alone learn to say; it need not be the tokens: phonemes are learnt from far fewer recordings. */
export interface CtcOptions {
  /** Classes, with 0 for the blank. */
  readonly classes: number;
  /** Units that a text may have. */
  readonly units: number;
  /** After so many blocks, before any pooling there: intermediate CTC (arXiv 2102.03216). At the end, if left out. */
  readonly block?: number;
  /** How much it counts. */
  readonly weight?: number;
}

/**
 * Stage 1 for speech (arXiv 2305.04160, 3.1): recognition through CIF. Conformer, CIF and two heads learn by
 * cross-entropy on the embedding that each token is gathered into + |Σ weights − tokens| + CTC on the frames
 * (arXiv 1905.11235, 3.3), each the mean over the batch, CTC's per token. The weights are scaled to the number of tokens.
 * Inputs: `features` float32 [B, T, mel] and `lengths` int64 [B] of them; `tokens` int64 [B, N] with `noToken` behind the
 * last, `counts` int64 [B], at least 1; CTC's `units` int64 [B, M], `unitCounts` int64 [B] and `unitFrames` int64 [B], the
 * frames that count where it listens. The heads' parameters are `head.*` and `ctc.*`.
 */
export const stage1Speech =
  (options: Stage1SpeechOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { encoder, vocabulary, batch, frames, tokens: maximum } = options;
    const { labelSmoothing = 0.1, quantityWeight = 1, ctc: spoken } = options;
    const weighted = (weight: number, loss: ReturnType<typeof add>) =>
      mul(graph.scalar('float32', weight), loss);
    const features = graph.input('features', 'float32', [batch, frames, encoder.inputWidth]);
    const tokens = graph.input('tokens', 'int64', [batch, maximum]);
    const counts = graph.input('counts', 'int64', [batch]);

    const heard = conformer(encoder, parameters, features, graph.input('lengths', 'int64', [batch]), {
      padding: 'hidden',
    });
    const { lengths } = heard;
    const kept = cast(heard.mask, 'float32');
    const output = mul(heard.output, reshape(kept, [...heard.mask.shape, 1])); // behind the end there is nothing
    const weights = mul(frameWeights(parameters.at('cif'), output), kept); // [B, S]
    const scaled = scaleToTargets(weights, lengths, counts);
    const { embeddings } = cif(scaled, output, lengths, {
      threshold: firingThreshold,
      maximum,
      surplus: 'next-frame',
    });
    const scores = reshape(linear(parameters.at('head'), embeddings, vocabulary), [-1, vocabulary]);
    const labels = reshape(tokens, [-1]);
    const recognised = crossEntropy(scores, labels, { labelSmoothing, ignoreIndex: noToken });

    const quantity = reduceMean(quantityError(reduceSum(weights, [1]), counts));
    const states = spoken.block === undefined ? output : heard.blocks[spoken.block - 1];
    if (!states) throw new GraphError(`there is no block ${spoken.block}`, graph.scopePath);
    const logits = transpose(linear(parameters.at('ctc'), states, spoken.classes), [1, 0, 2]); // [S, B, V]
    const unitCounts = graph.input('unitCounts', 'int64', [batch]);
    const aligned = ctcLoss(
      {
        logits,
        targets: graph.input('units', 'int64', [batch, spoken.units]),
        inputLengths: graph.input('unitFrames', 'int64', [batch]),
        targetLengths: unitCounts,
      },
      { infeasible: 'zero' },
    );
    const ctc = reduceMean(div(aligned, cast(unitCounts, 'float32')));

    const asked = cast(not(equal(labels, graph.scalar('int64', noToken))), 'float32');
    const right = mul(cast(equal(argMax(scores, 1), labels), 'float32'), asked);
    return {
      loss: add(recognised, add(weighted(quantityWeight, quantity), weighted(spoken.weight ?? 0.25, ctc))),
      metrics: { accuracy: div(reduceSum(right), reduceSum(asked)), quantity, ctc },
    };
  };
