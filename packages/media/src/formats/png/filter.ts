import { corrupt } from '../format.ts';

/**
 * Undoes PNG's row filters in place. `raw` holds `rows` rows of one filter byte and `stride` bytes
 * from `offset` on; `step` is the bytes of a whole pixel (at least 1).
 */
export function unfilter(raw: Uint8Array, offset: number, rows: number, stride: number, step: number): void {
  for (let row = 0, at = offset + 1; row < rows; row++, at += stride + 1) {
    const above = row === 0 ? undefined : at - stride - 1;
    switch (raw[at - 1]) {
      case 0:
        break;
      case 1:
        for (let i = at + step; i < at + stride; i++) raw[i] = (raw[i] ?? 0) + (raw[i - step] ?? 0);
        break;
      case 2:
        if (above === undefined) break;
        for (let i = 0; i < stride; i++) raw[at + i] = (raw[at + i] ?? 0) + (raw[above + i] ?? 0);
        break;
      case 3:
        for (let i = 0; i < stride; i++) {
          const left = i < step ? 0 : (raw[at + i - step] ?? 0);
          const up = above === undefined ? 0 : (raw[above + i] ?? 0);
          raw[at + i] = (raw[at + i] ?? 0) + ((left + up) >> 1);
        }
        break;
      case 4:
        for (let i = 0; i < stride; i++) {
          const left = i < step ? 0 : (raw[at + i - step] ?? 0);
          const up = above === undefined ? 0 : (raw[above + i] ?? 0);
          const corner = i < step || above === undefined ? 0 : (raw[above + i - step] ?? 0);
          raw[at + i] = (raw[at + i] ?? 0) + paeth(left, up, corner);
        }
        break;
      default:
        throw corrupt('PNG', `row filter ${raw[at - 1]} does not exist`);
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
