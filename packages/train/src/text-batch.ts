import {
  type ChatGlmTokens,
  int64Rows,
  labelRows,
  layOut,
  type PieceLength,
  positionsOf,
  trainingRow,
} from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import type { TextBatchShape } from './objectives/language-model.ts';

/** A question and its answer, as token ids. */
export interface TextExample {
  readonly question: readonly number[];
  readonly answer: readonly number[];
}

/** Positions that an example needs beside its pieces: question, `[gMASK]`, `<sop>`, answer, `<eop>`. */
export const exampleLength = ({ question, answer }: TextExample): number =>
  question.length + answer.length + 3;

/**
 * The inputs of the text objectives for a batch: `ids` [B, T − pieces], positions, context lengths, and the rows
 * that are taught. `pieces` stand in front of every row. Throws when an example is longer than the batch's rows,
 * for a cut answer would teach the model to stop early.
 */
export function packTextBatch(
  examples: readonly TextExample[],
  shape: TextBatchShape,
  tokens: ChatGlmTokens,
  pieces: readonly PieceLength[] = [],
): Record<string, Tensor> {
  const front = layOut(pieces, []).ids.length;
  const room = shape.length - front;
  if (examples.length !== shape.batch)
    throw new RangeError(`${examples.length} examples for a batch of ${shape.batch}`);
  const rows = examples.map((example) => {
    if (exampleLength(example) > room)
      throw new RangeError(`an example of ${exampleLength(example)} tokens for rows of ${room}`);
    const source = example.question.length + 1;
    return trainingRow(example.question, example.answer, { source, target: room - source }, tokens);
  });
  const whole = rows.map(({ ids, labels }) => layOut(pieces, ids, labels));
  const taught = labelRows(
    whole.map(({ labels }) => labels),
    shape.targets,
  );
  const int64 = (data: BigInt64Array<ArrayBuffer>, dims: readonly number[]) =>
    Tensor.from('int64', data, dims);
  return {
    ids: int64(new BigInt64Array(int64Rows(rows.map(({ ids }) => ids))), [shape.batch, room]),
    positions: int64(new BigInt64Array(int64Rows(whole.flatMap(({ ids }) => positionsOf(ids, tokens)))), [
      shape.batch,
      2,
      shape.length,
    ]),
    contexts: int64(
      BigInt64Array.from(examples, ({ question }) => BigInt(front + question.length + 1)),
      [shape.batch],
    ),
    rows: int64(new BigInt64Array(taught.rows), [shape.targets]),
    labels: int64(new BigInt64Array(taught.labels), [shape.targets]),
  };
}
