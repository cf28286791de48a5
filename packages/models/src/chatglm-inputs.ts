/**
 * What ChatGLM-6B is told about a sequence of tokens: where the context ends, positions, mask, labels. Pure functions
 * of ids; a batch is an array of equally long rows.
 */

/** Ids with a meaning to the model. */
export interface ChatGlmTokens {
  readonly pad: number;
  /** `[MASK]` */
  readonly mask: number;
  /** `[gMASK]`: the answer is generated in its place */
  readonly gmask: number;
  /** `<sop>`: the answer starts */
  readonly sop: number;
  /** `<eop>`: the answer ends */
  readonly eop: number;
}

/** The label of a token that is not in the loss. */
export const ignoredLabel = -100;

/**
 * Which mask token gives the answer its position when a text has both kinds: the reference's model takes `[gMASK]`
 * first, its tokenizer (which makes the positions of padded batches) `[MASK]`.
 */
export type MaskTokenOrder = 'gmask-first' | 'mask-first';

/** How many tokens stand before the first `<sop>`: these see each other, `[gMASK]` included. */
export function contextLength(ids: readonly number[], tokens: ChatGlmTokens): number {
  const length = ids.indexOf(tokens.sop);
  if (length < 0) throw new RangeError(`no <sop> (${tokens.sop}) among ${ids.length} tokens`);
  return length;
}

/** The position every token of the answer has in row 0: that of the first mask token of the whole sequence. */
export function maskPosition(
  ids: readonly number[],
  tokens: ChatGlmTokens,
  order: MaskTokenOrder = 'gmask-first',
): number {
  const candidates = [ids.indexOf(tokens.gmask), ids.indexOf(tokens.mask)];
  if (order === 'mask-first') candidates.reverse();
  const position = candidates.find((index) => index >= 0);
  if (position === undefined) {
    throw new RangeError(
      `neither [gMASK] (${tokens.gmask}) nor [MASK] (${tokens.mask}) among ${ids.length} tokens`,
    );
  }
  return position;
}

export interface PositionOptions {
  readonly order?: MaskTokenOrder;
  /** Leading pads. */
  readonly padding?: number;
}

/**
 * Both rows of positions. Row 0 counts the context, then stays at the mask token; row 1 is 0 in the context and
 * counts from 1 at `<sop>`. With `padding` the leading pads get 0 and counting starts after them.
 */
export function positionsOf(
  ids: readonly number[],
  tokens: ChatGlmTokens,
  options: PositionOptions = {},
): [number[], number[]] {
  const { order, padding = 0 } = options;
  const context = contextLength(ids, tokens);
  const held = maskPosition(ids, tokens, order) - padding;
  return [
    ids.map((_, index) => (index < context ? Math.max(0, index - padding) : held)),
    ids.map((_, index) => Math.max(0, index - context + 1)),
  ];
}

/**
 * The positions of the last token of `ids`, prompt and answer so far: what a step of decoding is fed. As in the
 * reference a mask token inside the answer counts, so in a prompt without `[gMASK]` a generated one takes over.
 */
export function nextPosition(
  ids: readonly number[],
  tokens: ChatGlmTokens,
  options: PositionOptions = {},
): [number, number] {
  const { order, padding = 0 } = options;
  return [maskPosition(ids, tokens, order) - padding, ids.length - contextLength(ids, tokens)];
}

/** Rows of a sequence, and what is hidden from them. */
export interface Visibility {
  readonly length: number;
  readonly context: number;
  /** First row wanted (those before are in the cache already); 0 by default. */
  readonly firstRow?: number;
  /** Leading pads, hidden from every row and seeing nothing. */
  readonly padding?: number;
}

/** Which keys are hidden from which rows of a sequence: 1 = hidden, [rows, length] row by row. */
export const hiddenFrom = (options: Visibility): Uint8Array<ArrayBuffer> =>
  fillHidden(new Uint8Array(cells(options)), 1, options);

/** `hiddenFrom` as numbers to add to scores: −10000, the reference's fill, where hidden. */
export const attentionBias = (options: Visibility): Float32Array<ArrayBuffer> =>
  fillHidden(new Float32Array(cells(options)), -10_000, options);

const cells = ({ length, firstRow = 0 }: Visibility): number => (length - firstRow) * length;

/** By whole runs, for a long prompt has millions of cells. */
function fillHidden<Cells extends Uint8Array | Float32Array>(
  hidden: Cells,
  value: number,
  { length, context, firstRow = 0, padding = 0 }: Visibility,
): Cells {
  for (let row = firstRow; row < length; row++) {
    const at = (row - firstRow) * length;
    const seen = row < padding ? 0 : Math.min(length, Math.max(row + 1, context));
    hidden.fill(value, at, at + Math.min(padding, length)).fill(value, at + seen, at + length);
  }
  return hidden;
}

/**
 * A training row: question `[gMASK] <sop>` answer `<eop>`, padded on the right to sourceLength + targetLength, and
 * its labels: −100 up to and including `[gMASK]`, so that predicting `<sop>` is in the loss, and on the pads. The
 * question is cut to sourceLength − 1 tokens, the answer to targetLength − 2.
 */
export function trainingRow(
  question: readonly number[],
  answer: readonly number[],
  lengths: { readonly source: number; readonly target: number },
  tokens: ChatGlmTokens,
): { ids: number[]; labels: number[] } {
  const { source, target } = lengths;
  const asked = [...question.slice(0, source - 1), tokens.gmask];
  const said = [tokens.sop, ...answer.slice(0, target - 2), tokens.eop];
  const rest = source + target - asked.length - said.length;
  return {
    ids: [...asked, ...said, ...Array<number>(rest).fill(tokens.pad)],
    labels: [
      ...Array<number>(asked.length).fill(ignoredLabel),
      ...said,
      ...Array<number>(rest).fill(ignoredLabel),
    ],
  };
}

/**
 * The rows that predict a label, as flat indices into [B·T], with these labels: the token at t is predicted by the
 * row at t − 1. Filled up to `count` with row 0 and −100; throws when there are more.
 */
export function labelRows(
  labels: readonly (readonly number[])[],
  count?: number,
): { rows: BigInt64Array<ArrayBuffer>; labels: BigInt64Array<ArrayBuffer> } {
  const pairs = labels.flatMap((row, batch) =>
    row.flatMap((label, index) =>
      label === ignoredLabel || index === 0 ? [] : [{ at: batch * row.length + index - 1, label }],
    ),
  );
  const size = count ?? pairs.length;
  if (pairs.length > size) throw new RangeError(`${pairs.length} labels do not fit ${size} rows`);
  return {
    rows: BigInt64Array.from({ length: size }, (_, index) => BigInt(pairs[index]?.at ?? 0)),
    labels: BigInt64Array.from({ length: size }, (_, index) => BigInt(pairs[index]?.label ?? ignoredLabel)),
  };
}

/** Rows of numbers as the int64 array a graph takes. */
export const int64Rows = (rows: readonly (readonly number[])[]): BigInt64Array<ArrayBuffer> =>
  BigInt64Array.from(rows.flat(), BigInt);
