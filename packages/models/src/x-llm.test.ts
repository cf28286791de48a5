import { describe, expect, test } from 'vitest';
import type { ChatGlmConfig } from './chatglm.ts';
import { chatglm6b } from './chatglm.ts';
import { evaluate, floats, integers, noise } from './testing.ts';
import { flattenFrames, layOut, splice, spliceRows } from './x-llm.ts';

const config: ChatGlmConfig = { ...chatglm6b, vocabSize: 20, hiddenSize: 4 };
const table = noise([20, 4], 'table');
const weight = { 'transformer.word_embeddings.weight': table };
const row = (id: number) => [...table.slice(4 * id, 4 * id + 4)];

test('pieces stand before the text, between their tags, in order', async () => {
  const image = floats([2, 3, 4], 'image');
  const frames = floats([2, 2, 1, 4], 'video');
  const feeds = { image, frames, ids: integers([2, 2], [7, 8, 9, 10]) };
  const { out } = await evaluate(
    feeds,
    (graph, parameters) => {
      const pieces = [
        { open: [1, 2], close: [3], embeddings: graph.input('image', 'float32', ['B', 3, 4]) },
        { open: [], close: [], embeddings: flattenFrames(graph.input('frames', 'float32', ['B', 2, 1, 4])) },
      ];
      return { out: splice(config, parameters, pieces, graph.input('ids', 'int64', ['B', 'T'])) };
    },
    weight,
  );
  expect(out?.shape).toEqual([2, 10, 4]);
  const expected = [0, 1].flatMap((batch) => [
    ...row(1),
    ...row(2),
    ...image.data.slice(12 * batch, 12 * batch + 12),
    ...row(3),
    ...frames.data.slice(8 * batch, 8 * batch + 8),
    ...row(7 + 2 * batch),
    ...row(8 + 2 * batch),
  ]);
  expect(out?.values).toEqual(expected);
});

test('embeddings of another width are refused', async () => {
  const build = evaluate({}, (graph, parameters) => {
    const embeddings = graph.input('image', 'float32', [1, 3, 5]);
    return {
      out: splice(
        config,
        parameters,
        [{ open: [], close: [], embeddings }],
        graph.input('ids', 'int64', [1, 2]),
      ),
    };
  });
  await expect(build).rejects.toThrow('splice: expected embeddings [B, n, 4], got [1,3,5]');
});

describe('in memory', () => {
  const embed = (ids: readonly number[]) => Float32Array.from(ids.flatMap(row));

  test('the same rows in the same order', () => {
    const rows = noise([2, 4], 'speech');
    const out = spliceRows([{ open: [1], close: [2, 3], count: 2, rows }], [7, 8], embed);
    expect([...out]).toEqual([...row(1), ...rows, ...row(2), ...row(3), ...row(7), ...row(8)]);
  });

  test('text alone needs no pieces', () => {
    expect([...spliceRows([], [7], embed)]).toEqual(row(7));
  });

  test('a piece of the wrong size is refused', () => {
    const pieces = [{ open: [1], close: [2], count: 3, rows: noise([2, 4], 0) }];
    expect(() => spliceRows(pieces, [7], embed)).toThrow('expected 3 rows of 4 values, got 8 values');
  });
});

test('ids and labels make room for the pieces', () => {
  const pieces = [{ open: [11, 12], close: [13], count: 2 }];
  expect(layOut(pieces, [7, 8], [-100, 8])).toEqual({
    ids: [0, 0, 0, 0, 0, 7, 8],
    labels: [-100, -100, -100, -100, -100, -100, 8],
  });
  expect(layOut(pieces, [7]).labels).toEqual([]);
});
