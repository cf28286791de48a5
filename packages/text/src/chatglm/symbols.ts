/** The pieces that ChatGLM-6B's tokenizer file has beside ordinary ones; a tokenizer trained for it needs them all. */

/** Blanks in a row become one piece up to this many. */
export const maxBlankLength = 80;

export const newlinePiece = '<n>';
export const tabPiece = '<|tab|>';
export const blankPiece = (length: number) => `<|blank_${length}|>`;

/** Pieces that text never turns into, but that the model reads and writes. */
export const controlSymbols: readonly string[] = [
  '<s>',
  '</s>',
  '<pad>',
  '[MASK]',
  '[gMASK]',
  '[sMASK]',
  '<unused_0>',
  '<sop>',
  '<eop>',
  '<ENC>',
  '<dBLOCK>',
];

/** Pieces that stand for white space. */
export const userSymbols: readonly string[] = [
  newlinePiece,
  tabPiece,
  ...Array.from({ length: maxBlankLength - 1 }, (_, i) => blankPiece(i + 2)),
];
