import type { GlmConfig } from '@x-llm/models';
import { describe, expect, test } from 'vitest';
import { packMixedBatch } from '../mixed-batch.ts';
import { ParameterStore } from '../parameter-store.ts';
import { expectToLearn, floats, losses, runtime, smallChatGlm, strong } from '../testing.ts';
import { TrainingStep } from '../training-step.ts';
import { alignMedia, seenBy } from './align-media.ts';
import { chatGlmTeacher, glmTeacher, type Teacher } from './teacher.ts';

const glm: GlmConfig = {
  vocabSize: 16,
  hiddenSize: 16,
  layers: 2,
  heads: 2,
  keyValueHeads: 1,
  headWidth: 8,
  ffnSize: 32,
  normEpsilon: 1e-5,
  rotaryBase: 10_000,
  positionDivisor: 1,
  maxPositions: 32,
  projectionBias: true,
  sandwichNorms: false,
  layout: 'chatglm',
};
const teachers: [string, Teacher][] = [
  ['ChatGLM', chatGlmTeacher(smallChatGlm)],
  ['GLM', glmTeacher(glm, 2)],
];
const examples = [
  { question: [5, 6], answer: [9] },
  { question: [5, 7, 8], answer: [10, 11] },
];

const numbers = (tensor: { data: ArrayLike<number | bigint> } | undefined) =>
  Array.from(tensor?.data ?? [], Number);

test('GLM: every row of an answer is taught by the one before it, the end included', () => {
  const { ids, rows, labels } = glmTeacher(glm, 2).pack(examples, { batch: 2, length: 7, targets: 6 });
  expect(numbers(ids)).toEqual(
    [
      [5, 6, 9, 2, 2, 2, 2],
      [5, 7, 8, 10, 11, 2, 2],
    ].flat(),
  );
  expect(numbers(rows)).toEqual([1, 2, 7 + 2, 7 + 3, 7 + 4, 0]);
  expect(numbers(labels)).toEqual([9, 2, 10, 11, 2, -100]);
});

describe.each(teachers)('%s', (_, teacher) => {
  const loss = async (length: number): Promise<number> => {
    const shape = { batch: 2, length, targets: 10 };
    const store = new ParameterStore({ seed: 4, initialise: strong });
    using step = await TrainingStep.create({
      runtime,
      name: 'teacher',
      store,
      build: (graph, parameters) => {
        const ids = graph.input('ids', 'int64', [2, length]);
        return { loss: teacher.loss(graph, parameters, teacher.embed(parameters, ids), shape) };
      },
    });
    return (await step.run(teacher.pack(examples, shape))).loss;
  };

  test('what stands behind an example changes nothing', async () => {
    expect(await loss(14)).toBeCloseTo(await loss(9), 4);
  });

  test('an example takes as many positions as it says, and no fewer', () => {
    const [example] = examples;
    if (!example) throw new Error('no example');
    const pack = (length: number) => () => teacher.pack([example], { batch: 1, length, targets: 9 });
    const length = teacher.lengthOf(example);
    expect(pack(length)).not.toThrow();
    expect(pack(length - 1)).toThrow(RangeError);
    expect(() => teacher.pack([], { batch: 1, length, targets: 9 })).toThrow(/0 examples for a batch of 1/);
  });

  test('an interface learns from it', async () => {
    const image = seenBy({
      patches: 5,
      qFormer: {
        width: 8,
        layers: 1,
        heads: 2,
        feedForwardWidth: 16,
        encoderWidth: 8,
        crossAttentionFrequency: 1,
        queries: 2,
        vocabularySize: 16,
        maxPositions: 8,
        epsilon: 1e-12,
      },
      adapter: { width: 8, outputWidth: 16, name: 'adapter' },
    });
    const shape = { batch: 2, length: 14, targets: 10 };
    const rows = examples.map((example, row) => ({
      ...example,
      pieces: [{ open: [12], close: [13], rows: [2 * row, 2 * row + 1] }],
    }));
    const { losses: seen } = await losses(
      alignMedia({
        llm: { part: teacher },
        image,
        shape,
        media: { images: true, frames: 0, firings: 0 },
      }),
      { image: floats([2, 5, 8], 'features'), ...packMixedBatch(rows, shape, teacher, 4) },
    );
    expectToLearn(seen, 0.9);
  });
});
