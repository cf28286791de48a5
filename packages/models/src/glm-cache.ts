/** GLM with a key/value cache: as an engine runs it, and the way the reference attends to cached keys, turned already. */
import { concat, groupQueryAttention, reshape, type Tensor } from '@x-llm/onnx';
import {
  attendInGroups,
  embedGlmTokens,
  type GlmAttend,
  type GlmConfig,
  type GlmRotary,
  glmBlocks,
  glmFinalNorm,
  glmRotary,
  glmScores,
  headsFirst,
  turnHeads,
} from './glm.ts';
import type { CachedAttention, CacheShape, LayerCache } from './key-value-cache.ts';
import { type CachedModel, type CacheInputs, pastOf } from './language-graphs.ts';

export const glmCacheShape = ({ layers, keyValueHeads, headWidth }: GlmConfig): CacheShape => ({
  layers,
  heads: keyValueHeads,
  headWidth,
});

/** GLM as an engine runs it: one row of positions, causal. */
export const cachedGlm = (config: GlmConfig): CachedModel => ({
  name: 'glm',
  vocabSize: config.vocabSize,
  hiddenSize: config.hiddenSize,
  cache: glmCacheShape(config),
  positionRows: 1,
  hasBias: false,
  embed: (parameters, ids) => embedGlmTokens(config, parameters, ids),
  layers(parameters, hidden, section, cache) {
    const { attend, present } = attendInPlace(config, cache);
    const blocks = glmBlocks(config, parameters, hidden, attend, section);
    return { hidden: blocks.at(-1) ?? hidden, present };
  },
  scores: (parameters, hidden) => glmScores(config, parameters, glmFinalNorm(config, parameters, hidden)),
});

/** Attends causally through buffers of M positions that grow in place, when `past` and `present` have one memory. */
function attendInPlace(config: GlmConfig, cache: CacheInputs): CachedAttention<GlmAttend> {
  const { heads, keyValueHeads, headWidth } = config;
  const [batch = 1, , length = 1] = cache.positions.shape;
  const turn = glmRotary(config, reshape(cache.positions, [batch, length]));
  const present: LayerCache[] = [];
  const attend: GlmAttend = ({ query, key, value }, layer) => {
    const past = pastOf(cache, layer);
    const merge = (x: Tensor, count: number) => reshape(x, [batch, length, count * headWidth]); // [B, T, N·D]
    const { context, presentKey, presentValue } = groupQueryAttention(
      {
        query: merge(turnHeads(query, turn), heads),
        key: merge(turnHeads(key, turn), keyValueHeads),
        value: merge(value, keyValueHeads),
        pastKey: past.key,
        pastValue: past.value,
        lengths: cache.lengths,
        totalLength: cache.totalLength,
      },
      { heads, keyValueHeads, scale: headWidth ** -0.5 },
    );
    present.push({ key: presentKey, value: presentValue });
    return context;
  };
  return { attend, present };
}

/**
 * Attends to past keys joined with its own, [B, G, P + T, D] of which become `present`, under `mask` bool
 * [B, 1, T, P + T], true = hidden: what the reference does. Slower than growing in place, which it checks.
 */
export function attendGlmJoined(
  turn: GlmRotary,
  cache: { readonly past?: readonly LayerCache[]; readonly mask: Tensor },
): CachedAttention<GlmAttend> {
  const { past, mask } = cache;
  const present: LayerCache[] = [];
  const attend: GlmAttend = (projected, layer) => {
    const before = past?.[layer];
    const join = (old: Tensor | undefined, own: Tensor) => (old ? concat([old, own], 2) : own); // [B, G, P + T, D]
    const key = join(before?.key, headsFirst(turnHeads(projected.key, turn)));
    const value = join(before?.value, headsFirst(projected.value));
    present.push({ key, value });
    return attendInGroups(headsFirst(turnHeads(projected.query, turn)), key, value, mask);
  };
  return { attend, present };
}
