/** What the engine asks of an architecture, so that no other file knows one by name. */
import type { CachedModel, Section, SpeechEncoderOutputs } from '@x-llm/models';
import type { Dim, Parameters, Tensor } from '@x-llm/onnx';
import type { Tensor as FedTensor } from '@x-llm/ort';

/** Makes a part from the configuration that a bundle has for it; throws ZodError when that is wrong. */
export type Make<Part> = (config: unknown) => Part;

/** Looks at prepared pictures. */
export interface Encoder {
  /** What one item looks like, normalised: [3, S, S] for pictures. */
  readonly inputShape: readonly number[];
  /** Blocks that it may be divided between. */
  readonly blocks: number;
  /**
   * [B, ...inputShape] → [B, P, E]. Of a section of the blocks: the first reads the same, each other what the one before
   * gives, and the last gives the same.
   */
  build(parameters: Parameters, input: Tensor, section?: Section): Tensor;
}

/** Turns what the encoder saw into a fixed number of language-like rows. */
export interface X2L {
  /** E */
  readonly inputWidth: number;
  /** C */
  readonly outputWidth: number;
  /** Rows that one item becomes. */
  readonly rows: number;
  /** Queries that weights have under a name of their own, as those of video are. */
  queries(parameters: Parameters, name: string): Tensor;
  /** [B, P, E] → [B, Q, C], read with the picture's queries unless others are given. */
  build(parameters: Parameters, states: Tensor, queries?: Tensor): Tensor;
}

/** Listens to prepared speech: an embedding for each token that it hears. */
export interface SpeechEncoder {
  readonly melBins: number;
  /** Frames that come out of so many frames of features. */
  frames(features: number): number;
  /** Frames of features that it has to be given for so many to come out: a number, or a symbol of a graph's. */
  features(frames: Dim): Dim;
  /** Where, in seconds, that begins which frame `index` stands for; a number between two is a place within one. */
  secondsAt(index: number): number;
  /** Features float32 [B, features(S), melBins] and how many of each count, int64 [B] → embeddings [B, S + 1, E]. */
  build(parameters: Parameters, features: Tensor, lengths: Tensor): SpeechEncoderOutputs;
}

/** Turns embeddings of tokens into as many language-like rows. */
export interface SpeechX2L {
  /** E; undefined if any width will do. */
  readonly inputWidth: number | undefined;
  /** C; undefined if it is that of the embeddings. */
  readonly outputWidth: number | undefined;
  /** Embeddings that it can read at once. */
  readonly maxRows: number;
  /** [B, N, E], of which `keep` int64 [B, N] has a 1 for those that count → [B, N, C] */
  build(parameters: Parameters, embeddings: Tensor, keep: Tensor): Tensor;
}

/** Brings rows to the language model's width. */
export interface Adapter {
  /** C */
  readonly inputWidth: number;
  /** The width it brings them to. */
  readonly outputWidth: number;
  /** [B, Q, C] → [B, Q, outputWidth] */
  build(parameters: Parameters, rows: Tensor): Tensor;
}

/** A language model with a key/value cache that grows in place, and how a conversation is put to it. */
export interface LanguageModel extends CachedModel {
  /** Tokens that prompt and answer may have together. */
  readonly maxLength: number;
  /** Tokens that end an answer. */
  readonly endTokens: readonly number[];
  /** The ids of a question as the model is asked it: with whatever makes the answer begin. */
  promptIds(text: readonly number[]): number[];
  /**
   * What a prompt of `length` tokens, made by `promptIds` behind any media, is fed beside embeddings and cache; with
   * `answered` tokens of its answer behind it, none unless given.
   */
  promptInputs(
    length: number,
    answered?: number,
  ): { readonly positions: FedTensor; readonly bias?: FedTensor };
  /** The positions of the token written as number `index` (from 0) behind a prompt of `promptLength` tokens. */
  answerPosition(promptLength: number, index: number): readonly number[];
}
