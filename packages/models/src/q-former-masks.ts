/**
 * Masks of the Q-Former, added to attention's scores: 0 where a token (row) sees another (column), a large
 * negative number where not. `keep` is int64 [B, T], 1 for a real token. As LAVIS's `Qformer.py` makes them.
 */
import { cast, concat, type Dim, expand, mul, reshape, sub, type Tensor, trilu, zeros } from '@x-llm/onnx';

/** What BERT adds to the score of a hidden token; not −∞, so that a row with nothing to see is no NaN. */
const hidden = -10_000;
/** The same for hidden positions of the picture. */
const hiddenPatch = -1e9;

/** 1 → 0, 0 → `value`. */
const additive = (visible: Tensor, value: number): Tensor =>
  mul(sub(visible.graph.scalar('float32', 1), visible), visible.graph.scalar('float32', value));

/** All see all real tokens: `keep` [B, T] → [B, 1, 1, Q + T]. */
export function bidirectionalMask(keep: Tensor, queries = 0): Tensor {
  const columns = keyColumns(keep, queries);
  const [batch = 1, , , keys = 1] = columns.shape;
  return additive(reshape(columns, [batch, 1, 1, keys]), hidden);
}

/** Text sees the queries and earlier text, for text behind cached queries: `keep` [B, T] → [B, 1, T, Q + T]. */
export function causalMask(keep: Tensor, queries: number): Tensor {
  return additive(mul(textRows(keep, queries), keyColumns(keep, queries)), hidden);
}

/** The same with the queries, which see themselves only, as rows (UniLM's mask): [B, 1, Q + T, Q + T]. */
export function jointCausalMask(keep: Tensor, queries: number): Tensor {
  const { graph } = keep;
  const [, length = 1] = keep.shape;
  const queryRows = concat(
    [ones(keep, [queries, queries]), zeros(graph, 'float32', [queries, length])],
    1, // [Q, Q + T]
  );
  const rows = concat([queryRows, textRows(keep, queries)], 0); // [Q + T, Q + T]
  return additive(mul(rows, keyColumns(keep, queries)), hidden);
}

const ones = (like: Tensor, shape: readonly Dim[]): Tensor => expand(like.graph.scalar('float32', 1), shape);

/** Text row i sees all queries and the text up to i: [T, Q + T]. */
function textRows(keep: Tensor, queries: number): Tensor {
  const [, length = 1] = keep.shape;
  const triangle = trilu(ones(keep, [length, length]));
  return concat([ones(keep, [length, queries]), triangle], 1);
}

/** Which keys are real, queries always: [B, 1, 1, Q + T]. */
function keyColumns(keep: Tensor, queries: number): Tensor {
  const [batch = 1, length = 1] = keep.shape;
  const text = reshape(cast(keep, 'float32'), [batch, 1, 1, length]);
  return queries === 0 ? text : concat([ones(keep, [batch, 1, 1, queries]), text], 3);
}

/** Positions of the picture that count: `keep` [B, P] → [B, 1, 1, P]. */
export function encoderMask(keep: Tensor): Tensor {
  const [batch = 1, patches = 1] = keep.shape;
  return additive(reshape(cast(keep, 'float32'), [batch, 1, 1, patches]), hiddenPatch);
}
