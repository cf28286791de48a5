/** A language model decoding as an engine has it do: caches that grow in place, sequences alone first and then together. */
import type { TensorFile, Weights } from '@x-llm/checkpoint';
import { buildSection, type CachedModel, int64Rows, rowGiven } from '@x-llm/models';
import { toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { newArena } from './arena.ts';
import { copyOf, type Values } from './comparison.ts';
import { source } from './evaluate.ts';

/** Some tokens of a prompt. */
export interface PromptPiece {
  /** Embeddings, [T, C]. */
  readonly rows: Float32Array;
  /** A row for each that the model has, of T. */
  readonly positions: readonly (readonly number[])[];
  /** [T, S], with a model that has one; S counts what is cached. */
  readonly bias?: Float32Array<ArrayBuffer>;
}

/** One token for every sequence of a batch. */
export interface BatchStep {
  /** [B] */
  readonly ids: readonly number[];
  /** [B, R] */
  readonly positions: readonly (readonly number[])[];
}

/**
 * Each sequence is prefilled alone, piece by piece, into its part of one arena; then all are decoded together.
 * `decode.S.logits` from 0.
 */
export async function decodeInPlace(
  model: CachedModel,
  weights: TensorFile | Weights,
  prompts: readonly (readonly PromptPiece[])[],
  steps: readonly BatchStep[],
): Promise<Map<string, Values>> {
  const { hiddenSize, positionRows, vocabSize } = model;
  const batch = prompts.length;
  const lengths = prompts.map((pieces) =>
    pieces.reduce((sum, { rows }) => sum + rows.length / hiddenSize, 0),
  );
  const room = Math.max(...lengths) + steps.length + 3; // longer than needed: the buffer's size must not matter
  const bind = newArena(model.cache, batch, room);
  using runtime = Runtime.load();
  using layers = await runtime.createSession(toModel(buildSection(model, source(weights))));
  const int32 = (values: readonly number[]) => Tensor.from('int32', Int32Array.from(values), [values.length]);

  const first = new Float32Array(batch * vocabSize);
  for (const [row, pieces] of prompts.entries()) {
    const { past, present } = bind(row, 1);
    const part = first.subarray(row * vocabSize, (row + 1) * vocabSize);
    let cached = 0;
    for (const { rows, positions, bias } of pieces) {
      const length = rows.length / hiddenSize;
      cached += length;
      const feeds = {
        ids: Tensor.from('int64', new BigInt64Array(length).fill(BigInt(rowGiven)), [1, length]),
        hidden: Tensor.from('float32', new Float32Array(rows), [1, length, hiddenSize]),
        positions: Tensor.from('int64', int64Rows(positions), [1, positionRows, length]),
        lengths: int32([cached - 1]),
        ...(bias ? { bias: Tensor.from('float32', bias, [1, 1, length, cached]) } : {}),
        ...past,
      };
      await layers.run(feeds, {
        outputs: { scores: Tensor.from('float32', part, [1, vocabSize]), ...present },
      });
    }
  }
  const out = new Map<string, Values>([['decode.0.logits', { shape: [batch, vocabSize], data: first }]]);
  const { past, present } = bind(0, batch);
  for (const [index, { ids, positions }] of steps.entries()) {
    const scores = Tensor.zeros('float32', [batch, vocabSize]);
    const sofar = lengths.map((length) => length + index);
    const longest = Math.max(...sofar) + 1;
    const feeds = {
      ids: Tensor.from('int64', int64Rows([ids]), [batch, 1]),
      hidden: Tensor.zeros('float32', [batch, 1, hiddenSize]),
      positions: Tensor.from('int64', int64Rows(positions), [batch, positionRows, 1]),
      lengths: int32(sofar),
      ...(model.hasBias ? { bias: Tensor.zeros('float32', [1, 1, 1, longest]) } : {}),
      ...past,
    };
    await layers.run(feeds, { outputs: { scores, ...present } });
    out.set(`decode.${index + 1}.logits`, copyOf(scores));
  }
  return out;
}
