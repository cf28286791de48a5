/** The cheapest way from a reference to what was written instead (Levenshtein, 1966), each change costing one. */
export interface EditCounts {
  /** Of the reference that other units stand for. */
  readonly substitutions: number;
  /** Units that are not in the reference. */
  readonly insertions: number;
  /** Units of the reference that are missing. */
  readonly deletions: number;
  /** Units of the reference. */
  readonly length: number;
}

export const errorsIn = ({ substitutions, insertions, deletions }: EditCounts): number =>
  substitutions + insertions + deletions;

/**
 * Changes that make the reference the hypothesis, as few as there can be; among equally few, those with the most
 * substitutions. Time and memory are the product of the lengths.
 *
 *     editCounts([...'kitten'], [...'sitting']) // { substitutions: 2, insertions: 1, deletions: 0, length: 6 }
 */
export function editCounts(reference: readonly string[], hypothesis: readonly string[]): EditCounts {
  const [rows, columns] = [reference.length, hypothesis.length];
  const width = columns + 1;
  const cost = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => cost[row * width + column] ?? 0;
  for (let column = 1; column <= columns; column++) cost[column] = column;
  for (let row = 1; row <= rows; row++) {
    cost[row * width] = row;
    for (let column = 1; column <= columns; column++) {
      const differs = reference[row - 1] === hypothesis[column - 1] ? 0 : 1;
      cost[row * width + column] = Math.min(
        at(row - 1, column - 1) + differs,
        at(row, column - 1) + 1,
        at(row - 1, column) + 1,
      );
    }
  }
  let [substitutions, insertions, deletions] = [0, 0, 0];
  let [row, column] = [rows, columns];
  while (row > 0 || column > 0) {
    const here = at(row, column);
    const differs = reference[row - 1] === hypothesis[column - 1] ? 0 : 1;
    if (row > 0 && column > 0 && here === at(row - 1, column - 1) + differs) {
      substitutions += differs;
      row--;
      column--;
    } else if (row > 0 && here === at(row - 1, column) + 1) {
      deletions++;
      row--;
    } else {
      insertions++;
      column--;
    }
  }
  return { substitutions, insertions, deletions, length: rows };
}
