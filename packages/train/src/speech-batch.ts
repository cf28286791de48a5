import { Tensor } from '@x-llm/ort';
import { noToken } from './objectives/stage1-speech.ts';

/** A recording and what is said in it. */
export interface SpeechExample {
  /** [frames, bins], normalised. */
  readonly features: Float32Array;
  readonly tokens: readonly number[];
}

/** Sizes of one batch of recordings. */
export interface SpeechBatchShape {
  readonly batch: number;
  readonly frames: number;
  readonly bins: number;
  readonly tokens: number;
}

/**
 * The inputs of `stage1Speech` for a batch: recordings and texts, each padded to the batch's size.
 * @throws RangeError for an example that does not fit, or that has no token.
 */
export function packSpeechBatch(
  examples: readonly SpeechExample[],
  { batch, frames, bins, tokens: room }: SpeechBatchShape,
): Record<'features' | 'lengths' | 'tokens' | 'counts', Tensor> {
  if (examples.length !== batch) throw new RangeError(`${examples.length} examples for a batch of ${batch}`);
  const features = new Float32Array(batch * frames * bins);
  const tokens = new BigInt64Array(batch * room).fill(BigInt(noToken));
  const lengths = new BigInt64Array(batch);
  const counts = new BigInt64Array(batch);
  for (const [row, example] of examples.entries()) {
    const length = example.features.length / bins;
    const count = example.tokens.length;
    if (!Number.isInteger(length) || length < 1 || length > frames)
      throw new RangeError(`a recording of ${length} frames of ${bins} bins for ${frames}`);
    if (count < 1 || count > room) throw new RangeError(`a text of ${count} tokens for 1 to ${room}`);
    features.set(example.features, row * frames * bins);
    tokens.set(BigInt64Array.from(example.tokens, BigInt), row * room);
    lengths[row] = BigInt(length);
    counts[row] = BigInt(count);
  }
  return {
    features: Tensor.from('float32', features, [batch, frames, bins]),
    lengths: Tensor.from('int64', lengths, [batch]),
    tokens: Tensor.from('int64', tokens, [batch, room]),
    counts: Tensor.from('int64', counts, [batch]),
  };
}
