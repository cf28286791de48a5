import { GraphError } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { expect, test } from 'vitest';
import { type CFormerConfig, cFormer, nonZeroFrames } from './c-former.ts';
import { difference, evaluate, noise } from './testing.ts';

const config: CFormerConfig = {
  inputWidth: 6,
  width: 8,
  layers: 2,
  heads: 2,
  feedForwardWidth: 12,
  maxPositions: 5,
  tokenTypes: 2,
  epsilon: 1e-12,
  outputWidth: 7,
};

const run = (speech: Float32Array<ArrayBuffer>, batch: number, length: number) =>
  evaluate({ speech: Value.from('float32', speech, [batch, length, 6]) }, (graph, parameters) => {
    const input = graph.input('speech', 'float32', ['B', 'T', 6]);
    const mask = nonZeroFrames(input);
    return { out: cFormer(config, parameters, input, mask).output, mask };
  });

test('an utterance says the same alone and beside a longer one', async () => {
  const [long, short] = [noise([4, 6], 1), noise([2, 6], 2)];
  const both = new Float32Array(2 * 4 * 6);
  both.set(long);
  both.set(short, 4 * 6);
  const { out, mask } = await run(both, 2, 4);
  expect(mask?.values).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
  const alone = (await run(short, 1, 2)).out?.values ?? [];
  expect(alone.some((value) => value > 0)).toBe(true);
  expect(difference(alone, out?.values.slice(4 * 7, 6 * 7) ?? [])).toBeLessThan(1e-5);
});

test('more embeddings than there are positions are refused', async () => {
  await expect(run(noise([6, 6], 3), 1, 6)).rejects.toThrow();
  const fixed = evaluate(
    { speech: Value.from('float32', noise([1, 6, 6], 3), [1, 6, 6]) },
    (graph, parameters) => ({
      out: cFormer(config, parameters, graph.input('speech', 'float32', [1, 6, 6])).output,
    }),
  );
  await expect(fixed).rejects.toThrow(GraphError);
  await expect(fixed).rejects.toThrow('6 embeddings for 5 positions');
});
