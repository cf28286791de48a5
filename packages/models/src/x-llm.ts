/**
 * X-LLM (arXiv 2305.04160; reference: `xllm.py` of phellonchen/X-LLM at ab923aa): pictures, speech and video enter
 * ChatGLM as foreign languages. Each modality's embeddings stand between two tags of ordinary text, all of them
 * before the prompt: `<Image> E </Image> <Speech> E </Speech> prompt [gMASK] <sop> answer <eop>`.
 *
 * The layout is made twice from one list of pieces: as ids for positions, mask and labels (`layOut`), and as
 * embeddings in a graph (`splice`; `layRows` where the rows of a batch differ) or in memory (`spliceRows`).
 */
import { concat, expand, GraphError, gather, type Parameters, reshape, type Tensor } from '@x-llm/onnx';
import { type ChatGlmConfig, embedTokens } from './chatglm.ts';
import { ignoredLabel } from './chatglm-inputs.ts';

/**
 * The tags around a modality's embeddings, as text: each is tokenised on its own, so that each begins with the
 * tokenizer's dummy prefix. A new modality is a new row.
 */
export const modalityTags = {
  image: { open: '<Image>', close: '</Image>' },
  video: { open: '<Video>', close: '</Video>' },
  speech: { open: '<Speech>', close: '</Speech>' },
} as const;

export type Modality = keyof typeof modalityTags;

/** Tag ids around embeddings; both empty for embeddings that stand bare. */
export interface TagIds {
  readonly open: readonly number[];
  readonly close: readonly number[];
}

/** A piece of `count` embeddings in the prompt. */
export interface PieceLength extends TagIds {
  readonly count: number;
}

/** The id that stands where an embedding will be: the reference looks it up and overwrites the row. */
export const placeholderId = 0;

/** How many tokens the pieces take, tags included. */
export const piecesLength = (pieces: readonly PieceLength[]): number =>
  pieces.reduce((sum, { open, close, count }) => sum + open.length + count + close.length, 0);

/**
 * Ids of a sequence that starts with pieces: placeholders, then `ids`. Tags are placeholders too, so no tag can be
 * taken for a token with a meaning. Labels, if there are any, move along.
 */
export function layOut(
  pieces: readonly PieceLength[],
  ids: readonly number[],
  labels: readonly number[] = [],
): { ids: number[]; labels: number[] } {
  const front = piecesLength(pieces);
  return {
    ids: [...Array<number>(front).fill(placeholderId), ...ids],
    labels: labels.length > 0 ? [...Array<number>(front).fill(ignoredLabel), ...labels] : [],
  };
}

/** A modality's embeddings in a graph, [B, n, C]; the same tags for every row of the batch. */
export interface SoftPiece extends TagIds {
  readonly embeddings: Tensor;
}

/**
 * The embeddings of a batch: the pieces in order, then the text at `ids` int64 [B, T] → [B, pieces + T, C].
 * Differentiable with respect to the pieces (and to the table, if it is trained).
 */
export function splice(
  config: ChatGlmConfig,
  parameters: Parameters,
  pieces: readonly SoftPiece[],
  ids: Tensor,
): Tensor {
  const { graph } = ids;
  const [batch = 1] = ids.shape;
  const tag = (tagIds: readonly number[]): Tensor[] => {
    if (tagIds.length === 0) return [];
    const rows = embedTokens(config, parameters, graph.constant('int64', [tagIds.length], tagIds));
    return [
      expand(reshape(rows, [1, tagIds.length, config.hiddenSize]), [batch, tagIds.length, config.hiddenSize]),
    ];
  };
  const parts = pieces.flatMap(({ open, close, embeddings }) => {
    if (embeddings.shape.length !== 3 || embeddings.shape[2] !== config.hiddenSize) {
      throw new GraphError(
        `splice: expected embeddings [B, n, ${config.hiddenSize}], got [${embeddings.shape}]`,
        graph.scopePath,
      );
    }
    return [...tag(open), embeddings, ...tag(close)];
  });
  return concat([...parts, embedTokens(config, parameters, ids)], 1);
}

/**
 * The embeddings of a batch whose rows have pieces of their own: `parts` [..., C] are laid end to end as one table of
 * rows, and `sources` int64 [B, T] says which of them stands where → [B, T, C]. Differentiable with respect to the parts.
 */
export function layRows(parts: readonly Tensor[], sources: Tensor): Tensor {
  const width = parts[0]?.shape.at(-1) ?? 1;
  return gather(
    concat(
      parts.map((part) => reshape(part, [-1, width])),
      0,
    ),
    sources,
  );
}

/** A video's frames [B, F, n, C] as one piece: frames in order, [B, F·n, C]. */
export function flattenFrames(frames: Tensor): Tensor {
  const [batch = 1, , , width = 1] = frames.shape;
  return reshape(frames, [batch, -1, width]);
}

/** A modality's embeddings in memory: `rows` hold count × C values. */
export interface PieceRows extends PieceLength {
  readonly rows: Float32Array;
}

/**
 * `splice` for one sequence outside of a graph, for an engine that caches encoded media: [pieces + T, C] row by row.
 * `embed` gives the rows of the embedding table for ids, in order.
 */
export function spliceRows(
  pieces: readonly PieceRows[],
  ids: readonly number[],
  embed: (ids: readonly number[]) => Float32Array,
): Float32Array<ArrayBuffer> {
  const text = embed([...pieces.flatMap(({ open, close }) => [...open, ...close]), ...ids]);
  const width =
    text.length / (piecesLength(pieces) - pieces.reduce((n, { count }) => n + count, 0) + ids.length);
  const out = new Float32Array((piecesLength(pieces) + ids.length) * width);
  let from = 0;
  let to = 0;
  const copyText = (count: number) => {
    out.set(text.subarray(from, from + count * width), to);
    from += count * width;
    to += count * width;
  };
  for (const { open, close, count, rows } of pieces) {
    if (rows.length !== count * width) {
      throw new RangeError(
        `spliceRows: expected ${count} rows of ${width} values, got ${rows.length} values`,
      );
    }
    copyText(open.length);
    out.set(rows, to);
    to += rows.length;
    copyText(close.length);
  }
  copyText(ids.length);
  return out;
}
