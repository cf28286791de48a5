import { slice } from '@x-llm/onnx';
import { describe, expect, test } from 'vitest';
import {
  embedQueries,
  embedText,
  type QFormerConfig,
  qFormer,
  queryTokens,
  readImage,
  textLogits,
} from './q-former.ts';
import { bidirectionalMask, causalMask, jointCausalMask } from './q-former-masks.ts';
import { difference, evaluate, floats, integers } from './testing.ts';

const config: QFormerConfig = {
  width: 12,
  layers: 3,
  heads: 3,
  feedForwardWidth: 16,
  encoderWidth: 10,
  crossAttentionFrequency: 2,
  queries: 4,
  vocabularySize: 20,
  maxPositions: 8,
  epsilon: 1e-12,
};
const patches = 5;
const states = floats([2, patches, 10], 'states');

describe('text', () => {
  const features = async (ids: readonly number[], keep: readonly number[], length: number) =>
    evaluate({ ids: integers([1, length], ids), keep: integers([1, length], keep) }, (graph, parameters) => {
      const text = embedText(config, parameters, graph.input('ids', 'int64', ['B', 'T']));
      const mask = bidirectionalMask(graph.input('keep', 'int64', ['B', 'T']));
      return { out: slice(qFormer(config, parameters, { text, mask }).output, 1, 0, 3) };
    });

  test('padding changes nothing', async () => {
    const { out: short } = await features([1, 7, 2], [1, 1, 1], 3);
    const { out: padded } = await features([1, 7, 2, 0, 9], [1, 1, 1, 0, 0], 5);
    expect(difference(padded?.values ?? [], short?.values ?? [])).toBeLessThan(1e-5);
  });
});

describe('generation', () => {
  const ids = [3, 7, 2, 5, 3, 9, 2, 0];
  const keep = [1, 1, 1, 1, 1, 1, 1, 0];

  test('behind cached queries it gives what it gives in one pass', async () => {
    const feeds = { states, ids: integers([2, 4], ids), keep: integers([2, 4], keep) };
    const { joint, cached } = await evaluate(feeds, (graph, parameters) => {
      const encoder = { states: graph.input('states', 'float32', ['B', 'P', 10]) };
      const text = embedText(config, parameters, graph.input('ids', 'int64', ['B', 'T']));
      const real = graph.input('keep', 'int64', ['B', 'T']);
      const queries = embedQueries(config, parameters, queryTokens(config, parameters), 'B');
      const whole = qFormer(config, parameters, { queries, text, encoder, mask: jointCausalMask(real, 4) });
      const past = readImage(config, parameters, encoder).cache;
      const tail = qFormer(config, parameters, { text, mask: causalMask(real, 4), past });
      return {
        joint: textLogits(config, parameters, slice(whole.output, 1, 4)),
        cached: textLogits(config, parameters, tail.output),
      };
    });
    expect(joint?.shape).toEqual([2, 4, 20]);
    expect(difference(cached?.values ?? [], joint?.values ?? [])).toBeLessThan(1e-5);
  });

  test('a token sees the picture and what comes before it, nothing after', async () => {
    const run = async (last: number, seed: string) =>
      evaluate(
        {
          states: floats([1, patches, 10], seed),
          ids: integers([1, 4], [3, 7, 2, last]),
          keep: integers([1, 4], [1, 1, 1, 1]),
        },
        (graph, parameters) => {
          const text = embedText(config, parameters, graph.input('ids', 'int64', [1, 4]));
          const mask = causalMask(graph.input('keep', 'int64', [1, 4]), 4);
          const past = readImage(config, parameters, {
            states: graph.input('states', 'float32', [1, patches, 10]),
          }).cache;
          return { out: qFormer(config, parameters, { text, mask, past }).output };
        },
      );
    const [a, b, other] = [await run(5, 'one'), await run(6, 'one'), await run(5, 'two')];
    const [first, second] = [a['out']?.values ?? [], b['out']?.values ?? []];
    expect(second.slice(0, 36)).toEqual(first.slice(0, 36));
    expect(second.slice(36)).not.toEqual(first.slice(36));
    expect(difference(other['out']?.values.slice(0, 12) ?? [], first.slice(0, 12))).toBeGreaterThan(1e-3);
  });
});

test('queries want something to look at', async () => {
  const build = evaluate({}, (graph, parameters) => ({
    out: qFormer(config, parameters, {
      queries: embedQueries(config, parameters, queryTokens(config, parameters), graph.inputs.length + 1),
    }).output,
  }));
  await expect(build).rejects.toThrow('queries need encoder states to attend to (q-former)');
});
