/**
 * ChatGLM-6B with a key/value cache: as an engine runs it, and the way the reference attends to cached keys. Cached keys are
 * rotated already.
 */
import { concat, groupQueryAttention, reshape, split, type Tensor } from '@x-llm/onnx';
import {
  type Attend,
  attendMasked,
  type ChatGlmConfig,
  chatglmBlocks,
  chatglmFinalNorm,
  embedTokens,
  headWidth,
  type Rotary,
  rotary,
  rotate,
  splitProjection,
  turnPerHead,
  vocabularyScores,
} from './chatglm.ts';
import type { CachedAttention, LayerCache } from './key-value-cache.ts';
import { type CachedModel, type CacheInputs, pastOf } from './language-graphs.ts';

/** ChatGLM-6B as an engine runs it: two rows of positions, and a bias in which a context's tokens see each other. */
export const cachedChatGlm = (config: ChatGlmConfig): CachedModel => ({
  name: 'chatglm',
  vocabSize: config.vocabSize,
  hiddenSize: config.hiddenSize,
  cache: { layers: config.layers, heads: config.heads, headWidth: headWidth(config) },
  positionRows: 2,
  hasBias: true,
  embed: (parameters, ids) => embedTokens(config, parameters, ids),
  layers(parameters, hidden, section, cache) {
    const { attend, present } = attendInPlace(config, cache);
    const blocks = chatglmBlocks(config, parameters, hidden, attend, section);
    return { hidden: blocks.at(-1)?.output ?? hidden, present };
  },
  scores: (parameters, hidden) =>
    vocabularyScores(config, parameters, chatglmFinalNorm(config, parameters, hidden)),
});

/** Attends through buffers of M positions that grow in place, when the engine gives `past` and `present` one memory. */
function attendInPlace(config: ChatGlmConfig, cache: CacheInputs): CachedAttention<Attend> {
  const { heads, hiddenSize } = config;
  const width = headWidth(config);
  const present: LayerCache[] = [];
  const turn = rotary(config, cache.positions);
  // [B, T, D] → [B, T, 1, D], which broadcasts over heads.
  const spread = (x: Tensor) => reshape(x, [x.shape[0] ?? 1, x.shape[1] ?? 1, 1, width]);
  const perHead = { ...turn, cos: spread(turn.cos), sin: spread(turn.sin) };
  const attend: Attend = (projection, layer) => {
    const [batch = 1, length = 1] = projection.shape;
    const past = pastOf(cache, layer);
    const merge = (x: Tensor) => reshape(x, [batch, length, hiddenSize]); // [B, T, H·D]
    const [query = projection, key = projection, value = projection] = split(projection, 3, [1, 1, 1]).map(
      (part) => reshape(part, [batch, length, heads, width]),
    );
    const { context, presentKey, presentValue } = groupQueryAttention(
      {
        query: merge(rotate(query, perHead)),
        key: merge(rotate(key, perHead)),
        value: merge(value),
        pastKey: past.key,
        pastValue: past.value,
        lengths: cache.lengths,
        totalLength: cache.totalLength,
        attentionBias: cache.bias,
      },
      { heads, keyValueHeads: heads, scale: width ** -0.5, causal: false },
    );
    present.push({ key: presentKey, value: presentValue });
    return context;
  };
  return { attend, present };
}

/**
 * Attends to past keys joined with its own, [B, H, P + T, D] of which become `present`: what the reference does, with
 * its exact mask (see `attendWhole`). Slower than growing in place, which it checks.
 */
export function attendJoined(
  config: ChatGlmConfig,
  turn: Rotary,
  cache: { readonly past?: readonly LayerCache[]; readonly mask?: Tensor },
): CachedAttention<Attend> {
  const { past, mask } = cache;
  const present: LayerCache[] = [];
  const perHead = turnPerHead(turn);
  const attend: Attend = (projection, layer) => {
    const own = splitProjection(projection);
    const before = past?.[layer];
    const turned = rotate(own.key, perHead);
    const key = before ? concat([before.key, turned], 2) : turned; // [B, H, P + T, D]
    const value = before ? concat([before.value, own.value], 2) : own.value; // [B, H, P + T, D]
    present.push({ key, value });
    return attendMasked(config, layer, rotate(own.query, perHead), key, value, mask);
  };
  return { attend, present };
}
