/** What the engine asks of an architecture, so that no other file knows one by name. */
import type { Graph, ParameterSource, Parameters, Tensor } from '@x-llm/onnx';

/** Makes a part from the configuration that a bundle has for it; throws ZodError when that is wrong. */
export type Make<Part> = (config: unknown) => Part;

/** Reads prepared media. */
export interface Encoder {
  /** What one item looks like, normalised: [3, S, S] for pictures. */
  readonly inputShape: readonly number[];
  /** [B, ...inputShape] → [B, P, E] */
  build(parameters: Parameters, input: Tensor): Tensor;
}

/** Turns what the encoder saw into a fixed number of language-like rows. */
export interface X2L {
  /** Rows that one item becomes. */
  readonly rows: number;
  /** [B, P, E] → [B, Q, C] */
  build(parameters: Parameters, states: Tensor): Tensor;
}

/** Brings rows to the language model's width. */
export interface Adapter {
  /** The width it brings them to. */
  readonly outputWidth: number;
  /** [B, Q, C] → [B, Q, outputWidth] */
  build(parameters: Parameters, rows: Tensor): Tensor;
}

/** One sequence on its way into the cache. */
export interface PromptInputs {
  /** int64 [1, 2, T] */
  readonly positions: BigInt64Array<ArrayBuffer>;
  /** float32 [1, 1, T, T], added to attention's scores. */
  readonly bias: Float32Array<ArrayBuffer>;
}

/**
 * A language model with a key/value cache that grows in place. The graphs' inputs and outputs are those that
 * `buildPrefill` and `buildDecode` of @x-llm/models document.
 */
export interface LanguageModel {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** Tokens that prompt and answer may have together. */
  readonly maxLength: number;
  readonly cache: { readonly layers: number; readonly heads: number; readonly headWidth: number };
  /** Tokens that end an answer. */
  readonly endTokens: readonly number[];
  /** The ids of a question as the model is asked it: with whatever makes the answer begin. */
  promptIds(text: readonly number[]): number[];
  /** What prefill is fed for a prompt of `length` tokens, made by `promptIds` behind any media. */
  promptInputs(length: number): PromptInputs;
  /** The positions of the token written as number `index` (from 0) behind a prompt of `promptLength` tokens. */
  answerPosition(promptLength: number, index: number): readonly [number, number];
  buildEmbedding(source: ParameterSource): Graph;
  buildPrefill(source: ParameterSource): Graph;
  buildDecode(source: ParameterSource): Graph;
}
