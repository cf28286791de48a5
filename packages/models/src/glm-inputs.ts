/** What GLM is told about a padded batch, from its mask: rows of 0 (a pad) and 1. Pure functions. */

/** Positions from 0 at the first real token; pads in front have 0, those behind go on counting. */
export const glmPositions = (mask: readonly number[]): number[] => {
  const first = Math.max(0, mask.indexOf(1));
  return mask.map((_, index) => Math.max(0, index - first));
};

/**
 * Which keys are hidden from which rows: 1 = hidden, [rows, length] row by row. A token sees itself and what came before,
 * pads apart; a pad sees everything, so that no row sees nothing.
 */
export function glmHidden(mask: readonly number[], firstRow = 0): Uint8Array<ArrayBuffer> {
  const length = mask.length;
  const hidden = new Uint8Array((length - firstRow) * length);
  for (let row = firstRow; row < length; row++) {
    if (mask[row] !== 1) continue;
    for (let column = 0; column < length; column++) {
      if (column > row || mask[column] !== 1) hidden[(row - firstRow) * length + column] = 1;
    }
  }
  return hidden;
}
