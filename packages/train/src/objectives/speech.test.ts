import { type ConformerConfig, subsampledFrames } from '@x-llm/models';
import type { StoredTensor } from '@x-llm/onnx';
import { describe, expect, test } from 'vitest';
import { packMixedBatch } from '../mixed-batch.ts';
import { ParameterStore } from '../parameter-store.ts';
import { createRandom, seedOf } from '../random.ts';
import { packSpeechBatch } from '../speech-batch.ts';
import { expectToLearn, floats, integers, losses, runtime, smallChatGlm, strong } from '../testing.ts';
import { packTextBatch } from '../text-batch.ts';
import { TrainingStep } from '../training-step.ts';
import { alignMedia, heardBy } from './align-media.ts';
import { alignTokens } from './align-tokens.ts';
import { anyPhrase, phraseEmbeddings } from './align-words.ts';
import { languageModel } from './language-model.ts';
import { stage1Speech } from './stage1-speech.ts';
import { chatGlmTeacher, type Teacher } from './teacher.ts';

const encoder: ConformerConfig = {
  inputWidth: 8,
  width: 8,
  heads: 2,
  feedForwardWidth: 16,
  blocks: 2,
  kernel: 3,
  layerNormEpsilon: 1e-5,
  batchNormEpsilon: 1e-5,
  convolutionNorm: 'layer',
};
const recording = (frames: number, seed: string) => {
  const random = createRandom(seedOf(seed));
  return Float32Array.from({ length: frames * 8 }, random.normal);
};

describe('stage1Speech', () => {
  const shape = { batch: 2, frames: 40, bins: 8, tokens: 3, units: 4, unitFrames: subsampledFrames };
  const ctc = { classes: 5, units: 4, block: 1 };
  const build = stage1Speech({
    encoder,
    vocabulary: 6,
    batch: 2,
    frames: 40,
    tokens: 3,
    labelSmoothing: 0,
    ctc,
  });
  const examples = [
    { features: recording(40, 'a'), tokens: [1, 2, 3], units: [1, 2, 1, 3] },
    { features: recording(25, 'b'), tokens: [4, 5], units: [4] },
  ];

  test('learns what is said, how many tokens that is, and where', async () => {
    const { losses: seen, store } = await losses(build, packSpeechBatch(examples, shape));
    expectToLearn(seen, 0.8);
    using step = await TrainingStep.create({ runtime, name: 'test', store, build });
    const { metrics } = await step.run(packSpeechBatch(examples, shape));
    const fifths = Number(metrics['accuracy']?.data[0]) * 5; // of five tokens
    expect(fifths).toBeCloseTo(Math.round(fifths), 5);
    expect(Number(metrics['quantity']?.data[0])).toBeLessThan(1);
    expect([...step.gradients.keys()]).toEqual(
      expect.arrayContaining(['cif.conv.weight', 'cif.weight_proj.weight', 'head.weight', 'ctc.weight']),
    );
  });

  test('what stands in the padding of a recording changes nothing', async () => {
    const store = new ParameterStore({ seed: 2, initialise: strong });
    using step = await TrainingStep.create({ runtime, name: 'test', store, build });
    const inputs = packSpeechBatch(examples, shape);
    const features = inputs['features']?.as('float32');
    const { loss } = await step.run(inputs);
    features?.data.fill(5, (40 + 25) * 8);
    expect((await step.run(inputs)).loss).toBeCloseTo(loss, 5);
    features?.data.fill(5, (40 + 8) * 8);
    expect((await step.run(inputs)).loss).not.toBeCloseTo(loss, 3);
  });

  test.each([
    [
      'too long a recording',
      { features: recording(41, 'a'), tokens: [1], units: [1] },
      /41 frames of 8 bins for 40/,
    ],
    ['half a frame', { features: new Float32Array(12), tokens: [1], units: [1] }, /1.5 frames/],
    ['no recording', { features: new Float32Array(0), tokens: [1], units: [1] }, /0 frames/],
    ['no text', { features: recording(20, 'a'), tokens: [], units: [1] }, /0 tokens for 1 to 3/],
    ['too long a text', { features: recording(20, 'a'), tokens: [1, 2, 3, 4], units: [1] }, /4 tokens/],
    ['no sound', { features: recording(20, 'a'), tokens: [1], units: [] }, /0 units for 1 to 4/],
  ])('%s is refused', (_, example, message) => {
    expect(() => packSpeechBatch([example, example], shape)).toThrow(message);
    expect(() => packSpeechBatch([example], shape)).toThrow(RangeError);
  });
});

const speech = heardBy({
  cFormer: {
    inputWidth: 8,
    width: 8,
    layers: 1,
    heads: 2,
    feedForwardWidth: 16,
    maxPositions: 8,
    tokenTypes: 2,
    epsilon: 1e-12,
  },
  adapter: { width: 8, outputWidth: 16, name: 'post_bert_proj' },
});

test('alignTokens: each firing learns to be its tokens, and padding teaches nothing', async () => {
  const random = createRandom(seedOf('words'));
  const data = Float32Array.from({ length: 5 * 16 }, random.normal);
  const phrases = phraseEmbeddings({ dtype: 'float32', shape: [5, 16], data }, [[0], [1, 2], [2], [3], [4]]);
  const inputs = {
    firings: floats([2, 3, 8], 'firings'),
    counts: integers([2], [3, 2]),
    labels: integers([2, 3], [0, 4, 2, 1, 3, anyPhrase]),
  };
  const { losses: seen, store } = await losses(
    alignTokens({ speech, phrases, batch: 2, firings: 3 }),
    inputs,
  );
  expectToLearn(seen, 0.7);
  using step = await TrainingStep.create({
    runtime,
    name: 'test',
    store,
    build: alignTokens({ speech, phrases, batch: 2, firings: 3 }),
  });
  const { loss } = await step.run(inputs);
  inputs.firings.data.fill(9, 5 * 8);
  expect((await step.run(inputs)).loss).toBeCloseTo(loss, 5);
});

describe('alignMedia, of speech alone', () => {
  const shape = { batch: 2, length: 14, targets: 10 };
  const tags = { open: [12], close: [13] };
  const examples = [
    { pieces: [{ ...tags, rows: [0, 1, 2] }], question: [5, 6], answer: [9] },
    { pieces: [{ ...tags, rows: [3, 4] }], question: [5, 7, 8], answer: [10, 11] },
  ];

  test('recordings of different lengths teach through the frozen language model', async () => {
    const languageStore = new ParameterStore({ seed: 4, initialise: strong });
    await TrainingStep.create({
      runtime,
      name: 'llm',
      store: languageStore,
      build: languageModel(smallChatGlm, shape),
    });
    const frozen = new Map(
      [...languageStore].map(({ name, shape: dims, data }): [string, StoredTensor] => [
        name,
        { dtype: 'float32', shape: dims, data },
      ]),
    );
    const before = new Map([...languageStore].map(({ name, data }) => [name, [...data]]));
    const { losses: seen, store } = await losses(
      alignMedia({
        llm: { part: chatGlmTeacher(smallChatGlm) },
        speech,
        shape,
        media: { images: false, frames: 0, firings: 3 },
      }),
      {
        firings: floats([2, 3, 8], 'firings'),
        counts: integers([2], [3, 2]),
        ...packMixedBatch(examples, shape, chatGlmTeacher(smallChatGlm), 6),
      },
      (name) => frozen.get(name),
    );
    expectToLearn(seen, 0.998);
    expect([...store].every(({ name }) => !languageStore.has(name))).toBe(true);
    for (const { name, data } of languageStore) expect([...data]).toEqual(before.get(name));
  });
});

describe('packMixedBatch', () => {
  const { tokens } = smallChatGlm;
  const teacher: Pick<Teacher, 'pack'> = { pack: (texts, sizes) => packTextBatch(texts, sizes, tokens) };
  const shape = { batch: 2, length: 9, targets: 6 };
  const tags = { open: [12], close: [13] };

  test('puts tags and media where the text leaves room', () => {
    const { ids, sources, contexts } = packMixedBatch(
      [
        { pieces: [{ ...tags, rows: [4, 1] }], question: [5], answer: [9] },
        { pieces: [], question: [6, 7], answer: [8] },
      ],
      shape,
      teacher,
      5,
    );
    expect([...(ids?.data ?? [])].map(Number)).toEqual(
      [
        [12, 0, 0, 13, 5, 2, 3, 9, 4],
        [6, 7, 2, 3, 8, 4, 0, 0, 0],
      ].flat(),
    );
    expect([...(sources?.data ?? [])].map(Number)).toEqual(
      [
        [5, 4, 1, 8, 9, 10, 11, 12, 13],
        [14, 15, 16, 17, 18, 19, 20, 21, 22],
      ].flat(),
    );
    expect([...(contexts?.data ?? [])].map(Number)).toEqual([6, 3]);
  });

  test('refuses rows that are not there, and what does not fit', () => {
    const example = { pieces: [{ ...tags, rows: [5] }], question: [5], answer: [9] };
    expect(() => packMixedBatch([example, example], shape, teacher, 5)).toThrow(/row 5 of the media/);
    const long = { pieces: [{ ...tags, rows: [0, 0, 0] }], question: [5], answer: [9, 9] };
    expect(() => packMixedBatch([long, long], shape, teacher, 5)).toThrow(RangeError);
  });
});
