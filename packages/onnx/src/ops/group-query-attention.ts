import { formatShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, notDifferentiable } from '../op.ts';

interface GroupQueryAttentionAttributes {
  readonly [name: string]: number | { readonly float: number };
  readonly num_heads: number;
  readonly kv_num_heads: number;
  readonly scale: { readonly float: number };
}

/**
 * Attention over a key/value cache that grows in place when `past` and `present` are one buffer (ONNX
 * Runtime's contrib operator): rows are appended at `seqlens_k + 1 − T`, attention is causal, and
 * `attention_bias` is added to the scores.
 */
export const GroupQueryAttention = defineOp<GroupQueryAttentionAttributes>({
  type: 'GroupQueryAttention',
  domain: 'com.microsoft',
  infer: ([query, , , pastKey, pastValue], { num_heads, kv_num_heads }, fail) => {
    if (!query || !pastKey || !pastValue) return fail('needs query, key, value and a past');
    if (query.shape.length !== 3) fail(`expected query [B,T,H·D], got ${formatShape(query.shape)}`);
    if (pastKey.shape.length !== 4 || pastKey.shape[1] !== kv_num_heads) {
      fail(`expected a past [B,${kv_num_heads},M,D], got ${formatShape(pastKey.shape)}`);
    }
    const width = at(query.shape, 2);
    if (typeof width !== 'number' || width % num_heads !== 0)
      fail(`width ${width} is no multiple of ${num_heads} heads`);
    return [
      { dtype: query.dtype, shape: query.shape },
      { dtype: pastKey.dtype, shape: pastKey.shape },
      { dtype: pastValue.dtype, shape: pastValue.shape },
    ];
  },
  gradient: notDifferentiable,
});

export interface GroupQueryAttentionInputs {
  /** [B, T, H·D] */
  readonly query: Tensor;
  /** [B, T, G·D] */
  readonly key: Tensor;
  /** [B, T, G·D] */
  readonly value: Tensor;
  /** [B, G, M, D]: a buffer of M positions */
  readonly pastKey: Tensor;
  readonly pastValue: Tensor;
  /** int32 [B]: cached length including this call's rows, minus one */
  readonly lengths: Tensor;
  /** int32 []: the longest of these lengths plus one */
  readonly totalLength: Tensor;
  /** [B or 1, H or 1, T, total], added to the scores */
  readonly attentionBias?: Tensor | undefined;
}

/** Returns the context [B, T, H·D] and the grown caches, which name the same buffers as the past ones. */
export function groupQueryAttention(
  inputs: GroupQueryAttentionInputs,
  options: { heads: number; keyValueHeads: number; scale: number; causal?: boolean },
): { context: Tensor; presentKey: Tensor; presentValue: Tensor } {
  const { query, key, value, pastKey, pastValue, lengths, totalLength, attentionBias } = inputs;
  const bias = attentionBias ? [undefined, undefined, undefined, attentionBias] : [];
  const [context, presentKey, presentValue] = GroupQueryAttention(
    [query, key, value, pastKey, pastValue, lengths, totalLength, ...bias],
    {
      num_heads: options.heads,
      kv_num_heads: options.keyValueHeads,
      scale: { float: options.scale },
      ...(options.causal === false ? { causal: 0 } : {}),
    },
  );
  if (!context || !presentKey || !presentValue) throw new Error('GroupQueryAttention has three outputs');
  return { context, presentKey, presentValue };
}
