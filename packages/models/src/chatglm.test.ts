import { gradients, mul, reduceSum, type Tensor } from '@x-llm/onnx';
import { describe, expect, test } from 'vitest';
import {
  additiveMask,
  attendWhole,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  languageModelLoss,
  prefixMask,
  rotary,
  vocabularyScores,
} from './chatglm.ts';
import { contextLength, labelRows, positionsOf } from './chatglm-inputs.ts';
import { difference, evaluate, integers, noise } from './testing.ts';

const tokens = { pad: 3, mask: 6, gmask: 7, sop: 8, eop: 9 };
const config: ChatGlmConfig = {
  vocabSize: 40,
  hiddenSize: 16,
  layers: 2,
  heads: 2,
  ffnSize: 24,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 28,
  maxPositions: 16,
  rotaryPrecision: 'float16-frequencies',
  tokens,
};
const sequences = [
  [20, 21, 7, 8, 30, 31, 9, 3],
  [20, 7, 8, 33, 34, 35, 36, 9],
];
const labels = [
  [-100, -100, -100, 8, 30, 31, 9, -100],
  [-100, -100, 8, 33, 34, 35, 36, 9],
];

/** Scores of whole sequences, with symbols or numbers for the sizes. */
async function scores(
  rows: readonly number[][],
  symbolic: boolean,
  exactMask = false,
): Promise<readonly number[]> {
  const length = rows[0]?.length ?? 0;
  const [B, T] = symbolic ? ['B', 'T'] : [rows.length, length];
  const feeds = {
    ids: integers([rows.length, length], rows.flat()),
    positions: integers([rows.length, 2, length], rows.flatMap((row) => positionsOf(row, tokens)).flat()),
    contexts: integers(
      [rows.length],
      rows.map((row) => contextLength(row, tokens)),
    ),
  };
  const { out } = await evaluate(feeds, (graph, parameters) => {
    const ids = graph.input('ids', 'int64', [B, T]);
    const turn = rotary(config, graph.input('positions', 'int64', [B, 2, T]));
    const hidden = prefixMask(graph.input('contexts', 'int64', [B]), T);
    const attend = attendWhole(config, turn, exactMask ? hidden : additiveMask(hidden));
    const x = embedTokens(config, parameters, ids);
    return { out: vocabularyScores(config, parameters, chatglm(config, parameters, x, attend).hidden) };
  });
  return out?.values ?? [];
}

describe('the whole sequence', () => {
  test('is the same alone and in a batch, with symbols and with numbers', async () => {
    const both = await scores(sequences, true);
    const alone = await Promise.all(sequences.map((row) => scores([row], false)));
    expect(difference(both, alone.flat())).toBeLessThan(1e-5);
  });

  test('an added mask and a replaced score are the same where something is seen', async () => {
    const added = await scores(sequences, true);
    expect(difference(added, await scores(sequences, true, true))).toBeLessThan(1e-5);
  });

  test('a later token changes the context only if it belongs to it', async () => {
    const base = await scores([[20, 21, 22, 7, 8, 30]], true);
    const later = await scores([[20, 21, 22, 7, 8, 31]], true);
    const within = await scores([[20, 21, 23, 7, 8, 30]], true);
    const first = (all: readonly number[]) => all.slice(0, config.vocabSize);
    expect(difference(first(later), first(base))).toBe(0);
    expect(difference(first(within), first(base))).toBeGreaterThan(1e-3);
  });
});

describe('the loss', () => {
  const names = [
    'transformer.word_embeddings.weight',
    'transformer.layers.0.input_layernorm.weight',
    'transformer.layers.0.attention.query_key_value.weight',
    'transformer.layers.1.post_attention_layernorm.bias',
    'transformer.layers.1.mlp.dense_h_to_4h.weight',
    'lm_head.weight',
  ];
  const counted = labelRows(labels, 14);
  const feeds = {
    ids: integers([2, 8], sequences.flat()),
    positions: integers([2, 2, 8], sequences.flatMap((row) => positionsOf(row, tokens)).flat()),
    contexts: integers(
      [2],
      sequences.map((row) => contextLength(row, tokens)),
    ),
    rows: integers([14], Array.from(counted.rows, Number)),
    labels: integers([14], Array.from(counted.labels, Number)),
    // Every row's next label, the last row's being none.
    shifted: integers(
      [16],
      labels.flatMap((row) => [...row.slice(1), -100]),
    ),
  };
  const step = (set: Record<string, Float32Array<ArrayBuffer>> = {}) =>
    evaluate(
      feeds,
      (graph, parameters) => {
        const x = embedTokens(config, parameters, graph.input('ids', 'int64', [2, 8]));
        const turn = rotary(config, graph.input('positions', 'int64', [2, 2, 8]));
        const mask = additiveMask(prefixMask(graph.input('contexts', 'int64', [2]), 8));
        const { hidden } = chatglm(config, parameters, x, attendWhole(config, turn, mask));
        const rows = graph.input('rows', 'int64', [14]);
        const loss = languageModelLoss(config, parameters, hidden, {
          rows,
          labels: graph.input('labels', 'int64', [14]),
        });
        const all = languageModelLoss(config, parameters, hidden, {
          labels: graph.input('shifted', 'int64', [16]),
        });
        const wanted = names.map((name) => parameters.inputs.get(name)).filter((x): x is Tensor => !!x);
        // The slope along a direction, which finite differences can check.
        const slopes = gradients(loss, wanted).map((gradient, i) => {
          const direction = graph.constant(
            'float32',
            gradient.shape as number[],
            noise(gradient.shape as number[], `d${i}`),
          );
          return [`slope.${i}`, reduceSum(mul(gradient, direction))] as const;
        });
        return { loss, all, ...Object.fromEntries(slopes) };
      },
      set,
    );

  test('over the labelled rows alone is that over all rows', async () => {
    const { loss, all } = await step();
    expect(loss?.values[0]).toBeGreaterThan(1);
    expect(difference(loss?.values ?? [], all?.values ?? [])).toBeLessThan(1e-6);
  });

  test('its gradients agree with finite differences, for every kind of weight', async () => {
    const shapes: number[][] = [[40, 16], [16], [48, 16], [16], [24, 16], [40, 16]];
    const base = await step();
    const epsilon = 2e-3;
    for (const [i, name] of names.entries()) {
      const shape = shapes[i] ?? [];
      const at = noise(shape, name);
      const direction = noise(shape, `d${i}`);
      const moved = (sign: number) =>
        step({ [name]: at.map((value, j) => value + sign * epsilon * (direction[j] ?? 0)) });
      const [up, down] = [await moved(1), await moved(-1)];
      const numeric = ((up['loss']?.values[0] ?? 0) - (down['loss']?.values[0] ?? 0)) / (2 * epsilon);
      const analytic = base[`slope.${i}`]?.values[0] ?? Number.NaN;
      expect(Math.abs(analytic - numeric), name).toBeLessThan(2e-4 + 0.005 * Math.abs(numeric));
    }
  });
});

test('a position beyond the rotary tables is refused', async () => {
  const far = { ...config, maxPositions: 4 };
  const run = evaluate({ positions: integers([1, 2, 1], [4, 0]) }, (graph) => ({
    cos: rotary(far, graph.input('positions', 'int64', [1, 2, 1])).cos,
  }));
  await expect(run).rejects.toThrow(/indices element out of data bounds/);
});
