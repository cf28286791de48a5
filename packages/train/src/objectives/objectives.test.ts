/** Every objective, at sizes a test can afford, teaches its parameters something within a few steps. */
import type { EvaVitConfig, QFormerConfig } from '@x-llm/models';
import type { ParameterSource } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import { packMixedBatch } from '../mixed-batch.ts';
import { initialiseTransformer, ParameterStore } from '../parameter-store.ts';
import { createRandom, seedOf } from '../random.ts';
import { expectToLearn, floats, integers, losses, runtime, smallChatGlm, strong } from '../testing.ts';
import { packTextBatch } from '../text-batch.ts';
import { TrainingStep } from '../training-step.ts';
import { alignMedia, seenBy } from './align-media.ts';
import { alignWords, anyPhrase, phraseEmbeddings } from './align-words.ts';
import { classify, noLabel } from './classify.ts';
import { languageModel } from './language-model.ts';
import { stage1Image } from './stage1-image.ts';
import { chatGlmTeacher } from './teacher.ts';

const encoder: EvaVitConfig = {
  imageSize: 8,
  patchEmbedding: {
    kind: 'conv-stem',
    stages: [
      { channels: 4, blocks: 0 },
      { channels: 8, blocks: 1 },
    ],
  },
  width: 8,
  depth: 1,
  heads: 2,
  mlpWidth: 16,
  positionGrid: 2,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};
const { tokens } = smallChatGlm;
const qFormer: QFormerConfig = {
  width: 8,
  layers: 2,
  heads: 2,
  feedForwardWidth: 16,
  encoderWidth: 8,
  crossAttentionFrequency: 2,
  queries: 2,
  vocabularySize: 16,
  maxPositions: 8,
  epsilon: 1e-12,
};

const examples = [
  { question: [5, 6], answer: [9] },
  { question: [5, 7, 8], answer: [10, 11] },
];

describe('classify', () => {
  const options = { encoder, classes: 3, batch: 4, regions: 2, smoothing: 0 };
  const whole = [0.2, 0.2, 0.2, 0.2, 0.2];
  const [nothing, left, right] = [
    [0, 0, 0, 0, 0],
    [0, 0.5, 0, 0.5, 0],
    [0, 0, 0.5, 0, 0.5],
  ] as const;
  const regions = [whole, nothing, whole, nothing, left, right, right, left].flat();
  const inputs = {
    pixels: floats([4, 3, 8, 8], 'pixels'),
    regions: Tensor.from('float32', Float32Array.from(regions), [4, 2, 5]),
    labels: integers([4, 2], [0, noLabel, 1, noLabel, 2, 1, 0, 2]),
  };

  test('starts at ln(classes), learns, and says how often it is right', async () => {
    const { losses: seen, store } = await losses(classify(options), inputs);
    expect(seen[0]).toBeCloseTo(Math.log(3), 0);
    expectToLearn(seen, 0.8);
    using step = await TrainingStep.create({ runtime, name: 'test', store, build: classify(options) });
    const { metrics } = await step.run(inputs);
    const sixths = Number(metrics['accuracy']?.data[0]) * 6; // of six regions that are asked about
    expect(sixths).toBeCloseTo(Math.round(sixths), 5);
    expect(sixths).toBeGreaterThan(2);
  });

  test('patches learn to say their row and column, beside the names', async () => {
    const build = classify({ ...options, placeWeight: 0.5 });
    const { losses: seen, store } = await losses(build, inputs);
    // A grid of 2 × 2: ln 2 for the row and as much for the column.
    expect(seen[0]).toBeCloseTo(Math.log(3) + 0.5 * 2 * Math.log(2), 0);
    expectToLearn(seen, 0.8);
    using step = await TrainingStep.create({ runtime, name: 'test', store, build });
    using plain = await TrainingStep.create({ runtime, name: 'plain', store, build: classify(options) });
    const { loss, metrics } = await step.run(inputs);
    expect(loss).toBeCloseTo((await plain.run(inputs)).loss + 0.5 * Number(metrics['places']?.data[0]), 4);
    expect(Number(metrics['places']?.data[0])).toBeLessThan(1.2);
  });

  test('a region without a label changes nothing', async () => {
    const store = new ParameterStore({ seed: 3, initialise: strong });
    using step = await TrainingStep.create({ runtime, name: 'test', store, build: classify(options) });
    const { loss } = await step.run(inputs);
    const other = [whole, left, whole, right, left, right, right, left].flat();
    const moved = { ...inputs, regions: Tensor.from('float32', Float32Array.from(other), [4, 2, 5]) };
    expect((await step.run(moved)).loss).toBeCloseTo(loss, 5);
    const labels = integers([4, 2], [0, 1, 1, 1, 2, 1, 0, 2]);
    expect((await step.run({ ...moved, labels })).loss).not.toBeCloseTo(loss, 3);
  });
});

test('languageModel: starts at ln(vocabulary) and learns', async () => {
  const shape = { batch: 2, length: 9, targets: 8 };
  const { losses: seen } = await losses(
    languageModel(smallChatGlm, shape),
    packTextBatch(examples, shape, tokens),
  );
  expect(seen[0]).toBeCloseTo(Math.log(smallChatGlm.vocabSize), 0);
  expectToLearn(seen, 0.8);
});

test('stage1Image: the loss is the sum of its three parts', async () => {
  const config = {
    qFormer,
    projectionWidth: 4,
    tokens: { pad: 0, decode: 3 },
    labelSmoothing: 0.1,
    gather: 'full' as const,
  };
  const inputs = {
    features: floats([3, 5, 8], 'features'),
    ids: integers([3, 4], [2, 5, 6, 4, 2, 7, 4, 0, 2, 8, 9, 4]),
    mask: integers([3, 4], [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]),
    'gumbel.images': floats([3, 3], 'images'),
    'gumbel.texts': floats([3, 3], 'texts'),
  };
  const build = stage1Image({ config, batch: 3, patches: 5, textLength: 4 });
  const { losses: seen, store } = await losses(build, inputs);
  expectToLearn(seen, 0.95);
  using step = await TrainingStep.create({ runtime, name: 'test', store, build });
  const { loss, metrics } = await step.run(inputs);
  const parts = ['itc', 'itm', 'itg'].map((name) => Number(metrics[name]?.data[0]));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(loss, 5);
});

test('alignMedia, of pictures: Q-Former and adapter learn, the language model stays as it is', async () => {
  const shape = { batch: 2, length: 13, targets: 8 };
  const image = seenBy({ patches: 5, qFormer, adapter: { width: 8, outputWidth: 16, name: 'adapter' } });
  const teacher = chatGlmTeacher(smallChatGlm);
  const media = { images: true, frames: 0, firings: 0 };
  const { queries } = qFormer;
  const rows = examples.map((example, row) => ({
    ...example,
    pieces: [
      { open: [12], close: [13], rows: Array.from({ length: queries }, (_, at) => row * queries + at) },
    ],
  }));
  const inputs = {
    image: floats([2, 5, 8], 'features'),
    ...packMixedBatch(rows, shape, teacher, 2 * queries),
  };
  const frozenWeights = new Map<string, Float32Array<ArrayBuffer>>();
  const frozen: ParameterSource = (name, shape) => {
    if (!/^(transformer|lm_head)\./.test(name)) return undefined;
    const random = createRandom(seedOf('frozen', name));
    const data =
      frozenWeights.get(name) ?? initialiseTransformer(name, shape, random).map((value) => 5 * value);
    frozenWeights.set(name, data);
    return { dtype: 'float32', shape, data };
  };
  const {
    losses: seen,
    store,
    step,
  } = await losses(alignMedia({ llm: { part: teacher }, image, shape, media }), inputs, frozen);
  expect(seen.at(-1)).toBeLessThan((seen[0] ?? 0) - 0.01);
  expect(frozenWeights.size).toBeGreaterThan(20);
  for (const name of frozenWeights.keys()) expect(store.has(name)).toBe(false);
  expect([...step.gradients.keys()].every((name) => /^(Qformer|query_tokens|adapter)/.test(name))).toBe(true);
});

describe('alignWords', () => {
  const words = {
    dtype: 'float32',
    shape: [4, 3],
    data: Float32Array.of(1, 2, 3, 5, 1, 0, 0, 0, 3, 9, 9, 0),
  } as const;

  test('a phrase is the mean of its words, centred and of length 1', () => {
    const { count, width, values } = phraseEmbeddings(words, [[0], [1, 2]]);
    expect([count, width]).toEqual([2, 3]);
    const half = Math.SQRT1_2; // 1, 2, 3 less 2, and 2.5, 0.5, 1.5 less 1.5, each has length √2
    for (const [index, value] of [-half, 0, half, half, -half, 0].entries()) {
      expect(values[index]).toBeCloseTo(value, 6);
    }
  });

  test('refuses a phrase that has no tokens, or one that the table lacks', () => {
    expect(() => phraseEmbeddings(words, [[0], []])).toThrow(/phrase 1 has no tokens/);
    expect(() => phraseEmbeddings(words, [[4]])).toThrow(/token 4 of phrase 0 is not one of 4/);
    expect(() => phraseEmbeddings(words, [[-1]])).toThrow(/token -1/);
  });

  const random = createRandom(seedOf('phrases'));
  const table = Float32Array.from({ length: 5 * 16 }, random.normal);
  const options = {
    qFormer,
    adapter: { width: 8, outputWidth: 16, name: 'adapter' },
    batch: 3,
    patches: 5,
    phrases: phraseEmbeddings({ dtype: 'float32', shape: [5, 16], data: table }, [[0], [1], [2, 3], [4]]),
  };
  const inputs = (labels: readonly number[]) => ({
    features: floats([3, 5, 8], 'features'),
    labels: integers([3, 2], labels),
  });

  test('each query learns to say its own phrase', async () => {
    const { losses: seen } = await losses(alignWords(options), inputs([0, 0, 1, 2, 3, 1]));
    expectToLearn(seen, 0.7);
  });

  test('a query that may say anything teaches nothing', async () => {
    const store = new ParameterStore({ seed: 3, initialise: strong });
    using step = await TrainingStep.create({ runtime, name: 'test', store, build: alignWords(options) });
    const free = [0, anyPhrase, 1, anyPhrase, anyPhrase, anyPhrase];
    const { loss } = await step.run(inputs(free));
    const gradient = [...(step.gradients.get('adapter.weight') ?? [])];
    const moved = { features: inputs(free).features, labels: integers([3, 2], free) };
    for (let i = 2 * 5 * 8; i < 3 * 5 * 8; i++) moved.features.data[i] = 7; // of the picture that is not asked about
    expect((await step.run(moved)).loss).toBeCloseTo(loss, 6);
    expect([...(step.gradients.get('adapter.weight') ?? [])]).toEqual(gradient);
    expect((await step.run(inputs([0, 1, 1, 1, 1, 1]))).loss).not.toBeCloseTo(loss, 3);
  });

  test('frames of videos learn beside the pictures, through the same Q-Former with queries of their own', async () => {
    const frames = { batch: 2, adapter: { ...options.adapter, name: 'own' }, queries: 'own_queries' };
    const both = {
      ...inputs([0, 0, 1, 2, 3, 1]),
      frames: floats([2, 5, 8], 'frames'),
      frameLabels: integers([2, 2], [3, 0, 1, 2]),
    };
    const build = alignWords({ ...options, frames });
    const { losses: seen, store } = await losses(build, both);
    expectToLearn(seen, 0.7);
    using step = await TrainingStep.create({ runtime, name: 'test', store, build });
    for (const name of ['own_queries', 'query_tokens', 'own.weight', 'adapter.weight'])
      expect(store.has(name)).toBe(true);
    const { loss, metrics } = await step.run(both);
    expect(Number(metrics.pictures?.data[0]) + Number(metrics.frames?.data[0])).toBeCloseTo(loss, 5);
    const other = await step.run({ ...both, frameLabels: integers([2, 2], [0, 1, 2, 3]) });
    expect(other.metrics.pictures?.data[0]).toBeCloseTo(Number(metrics.pictures?.data[0]), 5);
    expect(other.loss).toBeGreaterThan(loss);
  });
});
