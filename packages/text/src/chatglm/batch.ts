import type { ChatGlmTokenizer } from './tokenizer.ts';

/** A batch as ChatGLM-6B's tokenizer pads it. */
export interface PaddedBatch {
  readonly inputIds: number[][]; // [B, T]
  /** Row 0: place in the prompt, held at the mask token from `<sop>` on. Row 1: 0, then 1, 2, … from `<sop>` on. */
  readonly positionIds: [number[], number[]][]; // [B, 2, T]
  /** Whether column t is hidden from row s. */
  readonly hidden: boolean[][][]; // [B, T, T]
}

/**
 * Pads on the left. Padding is hidden from text and keeps position 0; what stands before `<sop>` is seen by every
 * row, the rest by the rows below it.
 */
export function padBatch(
  tokenizer: ChatGlmTokenizer,
  sequences: readonly (readonly number[])[],
): PaddedBatch {
  const { pad, sop, mask, gmask } = tokenizer.special;
  const width = Math.max(0, ...sequences.map((ids) => ids.length));
  const columns = Array.from({ length: width }, (_, i) => i);
  const rows = sequences.map((ids) => {
    const padding = width - ids.length;
    const context = ids.includes(sop) ? ids.indexOf(sop) : ids.length;
    const anchor = ids.indexOf(ids.includes(mask) ? mask : gmask);
    const place = (at: number) => (at >= context && anchor >= 0 ? anchor : at);
    const positions: [number[], number[]] = [
      columns.map((t) => (t < padding ? 0 : place(t - padding))),
      columns.map((t) => Math.max(0, t - padding - context + 1)),
    ];
    const isHidden = (s: number, t: number) =>
      s < padding || t < padding || (t - padding >= context && t > s);
    return {
      inputIds: columns.map((t) => ids[t - padding] ?? pad),
      positionIds: positions,
      hidden: columns.map((s) => columns.map((t) => isHidden(s, t))),
    };
  });
  return {
    inputIds: rows.map((row) => row.inputIds),
    positionIds: rows.map((row) => row.positionIds),
    hidden: rows.map((row) => row.hidden),
  };
}
