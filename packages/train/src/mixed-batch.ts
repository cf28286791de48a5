import { placeholderId, type TagIds } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import type { TextBatchShape } from './objectives/language-model.ts';
import type { Teacher } from './objectives/teacher.ts';
import type { TextExample } from './text-batch.ts';

/** Embeddings of a medium, by their rows in the batch's table of media. */
export interface MediaPiece extends TagIds {
  readonly rows: readonly number[];
}

/** A question and its answer, behind the embeddings of its media. */
export interface MixedExample extends TextExample {
  readonly pieces: readonly MediaPiece[];
}

/** The example as text alone: a placeholder for every embedding. */
export const withPlaceholders = ({ pieces, question, answer }: MixedExample): TextExample => ({
  question: [
    ...pieces.flatMap(({ open, rows, close }) => [...open, ...rows.map(() => placeholderId), ...close]),
    ...question,
  ],
  answer,
});

/**
 * The inputs of objectives whose rows have media of their own: those that the teacher packs, and `sources` int64 [B, T] for
 * `layRows`, where the table has `mediaRows` rows of media and then the embeddings of `ids`.
 * @throws RangeError for an example that does not fit, or a row of media that there is not.
 */
export function packMixedBatch(
  examples: readonly MixedExample[],
  shape: TextBatchShape,
  teacher: Pick<Teacher, 'pack'>,
  mediaRows: number,
): Record<string, Tensor> {
  const { batch, length } = shape;
  const sources = BigInt64Array.from({ length: batch * length }, (_, at) => BigInt(mediaRows + at));
  for (const [row, { pieces }] of examples.entries()) {
    let at = row * length;
    for (const { open, rows, close } of pieces) {
      at += open.length;
      for (const source of rows) {
        if (!(source >= 0 && source < mediaRows))
          throw new RangeError(`row ${source} of the media is not one of ${mediaRows}`);
        sources[at++] = BigInt(source);
      }
      at += close.length;
    }
  }
  return {
    ...teacher.pack(examples.map(withPlaceholders), shape),
    sources: Tensor.from('int64', sources, [batch, length]),
  };
}
