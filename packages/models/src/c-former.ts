/**
 * C-Former: the X2L interface for speech. A BERT over the token embeddings that CIF fires, between two projections.
 *
 * Paper: X-LLM (arXiv 2305.04160). Reference: `xllm/models/xllm_models/xllm_speech.py` @ ab923aa, `asr_forward`, over
 * transformers' `BertModel` with `inputs_embeds`. Names of parameters are X-LLM's.
 */
import {
  add,
  cast,
  equal,
  GraphError,
  not,
  type Parameters,
  reduceSum,
  relu,
  slice,
  type Tensor,
} from '@x-llm/onnx';
import { adapter } from './adapter.ts';
import { attend, type BertSizes, feedForward, keyValue } from './bert.ts';
import { layerNorm, linear } from './layers.ts';
import { bidirectionalMask } from './q-former-masks.ts';

export interface CFormerConfig extends BertSizes {
  /** Width of a CIF embedding. */
  readonly inputWidth: number;
  readonly layers: number;
  readonly maxPositions: number;
  readonly tokenTypes: number;
  /** The language model's embedding width. */
  readonly outputWidth: number;
}

/** BERT-base between a 512-wide speech encoder and ChatGLM-6B: X-LLM. */
export const cFormerBase: CFormerConfig = {
  inputWidth: 512,
  width: 768,
  layers: 12,
  heads: 12,
  feedForwardWidth: 3072,
  maxPositions: 512,
  tokenTypes: 2,
  epsilon: 1e-12,
  outputWidth: 4096,
};

export interface CFormerOutputs {
  /** `speech` in BERT's width, [B, T, C]. */
  readonly projected: Tensor;
  /** The embeddings and the output of each layer, [B, T, C]. */
  readonly hidden: readonly Tensor[];
  /** Embeddings for the language model, [B, T, outputWidth], those of padding included. */
  readonly output: Tensor;
}

/**
 * Which frames of `speech` [B, T, E] X-LLM's code takes for speech: int64 [B, T], 0 where the components sum to exactly
 * zero. True padding does; so may, by chance, a frame that is none.
 */
export const nonZeroFrames = (speech: Tensor): Tensor =>
  cast(not(equal(reduceSum(speech, [-1]), speech.graph.scalar('float32', 0))), 'int64');

/** Positions 0, 1, … and the first token type are added although no text is read. */
function embed(config: Omit<CFormerConfig, 'outputWidth'>, parameters: Parameters, x: Tensor): Tensor {
  const { width, maxPositions, tokenTypes, epsilon } = config;
  const [, length = 1] = x.shape;
  const positions = parameters.at('position_embeddings').get('weight', [maxPositions, width]);
  const types = parameters.at('token_type_embeddings').get('weight', [tokenTypes, width]);
  const known = add(slice(positions, 0, 0, length), slice(types, 0, 0, 1)); // [T, C]
  return layerNorm(parameters.at('LayerNorm'), add(x, known), epsilon);
}

/**
 * The C-Former without the S-Adapter: `speech` [B, T, inputWidth] → states in BERT's width, [B, T, C]. `mask` as there.
 */
export function readSpeech(
  config: Omit<CFormerConfig, 'outputWidth'>,
  parameters: Parameters,
  speech: Tensor,
  mask?: Tensor,
): Omit<CFormerOutputs, 'output'> & { readonly states: Tensor } {
  const { graph } = speech;
  return graph.scope('c-former', () => {
    const [, length] = speech.shape;
    if (typeof length === 'number' && length > config.maxPositions) {
      throw new GraphError(`${length} embeddings for ${config.maxPositions} positions`, graph.scopePath);
    }
    const projected = relu(linear(parameters.at('pre_bert_proj'), speech, config.width)); // [B, T, C]
    const bert = parameters.at('speech_bert_adaptor');
    const added = mask && bidirectionalMask(mask);
    let x = embed(config, bert.at('embeddings'), projected);
    const hidden = [x];
    for (let index = 0; index < config.layers; index++) {
      const layer = bert.at(`encoder.layer.${index}`);
      x = graph.scope(`layer.${index}`, () => {
        const self = layer.at('attention');
        const mixed = attend(config, self, x, keyValue(config, self.at('self'), x), added);
        return feedForward(config, layer, mixed);
      });
      hidden.push(x);
    }
    return { projected, hidden, states: x };
  });
}

/**
 * `speech` [B, T, inputWidth] → [B, T, outputWidth]. `mask` int64 [B, T]: 1 = attended to; all, if left out.
 * The projection to the language model at the end is the paper's S-Adapter.
 *
 * ```ts
 * const { output } = cFormer(cFormerBase, parameters, speech, nonZeroFrames(speech));
 * ```
 */
export function cFormer(
  config: CFormerConfig,
  parameters: Parameters,
  speech: Tensor,
  mask?: Tensor,
): CFormerOutputs {
  const { projected, hidden, states } = readSpeech(config, parameters, speech, mask);
  const { width, outputWidth } = config;
  const sAdapter = { width, outputWidth, name: 'post_bert_proj', activation: 'relu' } as const;
  return { projected, hidden, output: adapter(sAdapter, parameters, states) };
}

/** X-LLM's variant "fc": a projection alone. [B, T, E] → [B, T, outputWidth] */
export const projectSpeech = (
  config: Pick<CFormerConfig, 'outputWidth'>,
  parameters: Parameters,
  speech: Tensor,
): Tensor => relu(linear(parameters.at('speech_feat_proj'), speech, config.outputWidth));
