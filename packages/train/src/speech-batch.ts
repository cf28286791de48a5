import { Tensor } from '@x-llm/ort';
import { noToken } from './objectives/stage1-speech.ts';

/** A recording and what is said in it. */
export interface SpeechExample {
  /** [frames, bins], normalised. */
  readonly features: Float32Array;
  readonly tokens: readonly number[];
  /** What CTC is to say: numbers from 1. */
  readonly units: readonly number[];
}

/** Sizes of one batch of recordings. */
export interface SpeechBatchShape {
  readonly batch: number;
  readonly frames: number;
  readonly bins: number;
  readonly tokens: number;
  readonly units: number;
  /** Frames that a recording of so many has where CTC listens. */
  readonly unitFrames: (frames: number) => number;
}

/**
 * The inputs of `stage1Speech` for a batch: recordings and texts, each padded to the batch's size.
 * @throws RangeError for an example that does not fit, or that has no token.
 */
export function packSpeechBatch(
  examples: readonly SpeechExample[],
  shape: SpeechBatchShape,
): Record<string, Tensor> {
  const { batch, frames, bins } = shape;
  if (examples.length !== batch) throw new RangeError(`${examples.length} examples for a batch of ${batch}`);
  const features = new Float32Array(batch * frames * bins);
  const lengths = examples.map((example, row) => {
    const length = example.features.length / bins;
    if (!Number.isInteger(length) || length < 1 || length > frames)
      throw new RangeError(`a recording of ${length} frames of ${bins} bins for ${frames}`);
    features.set(example.features, row * frames * bins);
    return length;
  });
  return {
    features: Tensor.from('float32', features, [batch, frames, bins]),
    lengths: int64(lengths),
    tokens: padded(
      'token',
      examples.map(({ tokens }) => tokens),
      shape.tokens,
      noToken,
    ),
    counts: int64(examples.map(({ tokens }) => tokens.length)),
    units: padded(
      'unit',
      examples.map(({ units }) => units),
      shape.units,
      0,
    ),
    unitCounts: int64(examples.map(({ units }) => units.length)),
    unitFrames: int64(lengths.map(shape.unitFrames)),
  };
}

const int64 = (values: readonly number[]) =>
  Tensor.from('int64', BigInt64Array.from(values, BigInt), [values.length]);

function padded(what: string, texts: readonly (readonly number[])[], room: number, filler: number): Tensor {
  const values = new BigInt64Array(texts.length * room).fill(BigInt(filler));
  for (const [row, text] of texts.entries()) {
    if (text.length < 1 || text.length > room)
      throw new RangeError(`a text of ${text.length} ${what}s for 1 to ${room}`);
    values.set(BigInt64Array.from(text, BigInt), row * room);
  }
  return Tensor.from('int64', values, [texts.length, room]);
}
