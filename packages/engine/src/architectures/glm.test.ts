import {
  attendCausally,
  buildSection,
  causalHidden,
  embedGlmTokens,
  type GlmConfig,
  glm as glmBlocks,
  glmRotary,
  glmScores,
} from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, reshape, slice, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LanguageSessions } from '../language-sessions.ts';
import { argMax } from '../sampling/softmax.ts';
import { collect, randomWeights } from '../testing/random-weights.ts';
import { glm } from './glm.ts';

const config: GlmConfig = {
  vocabSize: 90,
  hiddenSize: 32,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headWidth: 16,
  ffnSize: 40,
  normEpsilon: 1e-5,
  rotaryBase: 10000,
  positionDivisor: 1,
  maxPositions: 64,
  projectionBias: true,
  sandwichNorms: true,
  layout: 'hugging-face',
};
const model = glm({ ...config, endTokens: [2] });
const shapes = new Map<string, readonly number[]>();
buildSection(model, collect(shapes));
const weights = new Map(
  randomWeights(shapes, 1).map(({ name, shape, data }) => [
    name,
    { dtype: 'float32', shape, data: Float32Array.from(data as Float16Array) } as const,
  ]),
);
const source: ParameterSource = (name) => weights.get(name);

let runtime: Runtime;
let sessions: LanguageSessions;
beforeAll(async () => {
  runtime = Runtime.load();
  sessions = await LanguageSessions.load(runtime, model, source, { slots: 3, length: 40, session: {} });
});
afterAll(() => {
  sessions[Symbol.dispose]();
  runtime[Symbol.dispose]();
});

const questions = [
  [10, 11, 12, 13, 14],
  [20, 21],
  [30, 31, 32, 33, 34, 35, 36, 37],
];
const count = 12;

/** Greedy answers to all questions at once, each in a slot of its own. */
async function together(): Promise<number[][]> {
  const answers: number[][] = [];
  for (const [slot, ids] of questions.entries())
    answers.push([argMax(await sessions.prefill(slot, await sessions.embed(ids)))]);
  for (let index = 0; index < count - 1; index++) {
    const steps = questions.map(({ length }, slot) => ({
      slot,
      id: answers[slot]?.[index] ?? 0,
      position: model.answerPosition(length, index),
      cached: length + index,
    }));
    for (const [slot, scores] of (await sessions.step(steps)).entries()) answers[slot]?.push(argMax(scores));
  }
  return answers;
}

it('writes what computing the whole sequence gives, whatever else is being written', async () => {
  const graph = new Graph('whole');
  const parameters = new Parameters(graph, source);
  const ids = graph.input('ids', 'int64', [1, 'T']);
  const turn = glmRotary(config, graph.input('positions', 'int64', [1, 'T']));
  const attend = attendCausally(turn, causalHidden(ids, 'T'));
  const { hidden } = glmBlocks(config, parameters, embedGlmTokens(config, parameters, ids), attend);
  const last = reshape(slice(hidden, 1, 'T-1', 'T'), [1, config.hiddenSize]);
  graph.output('scores', glmScores(config, parameters, last));
  using whole = await runtime.createSession(toModel(graph));

  const wanted: number[][] = [];
  for (const question of questions) {
    const sequence = [...question];
    for (let index = 0; index < count; index++) {
      const row = (values: number[]) =>
        Tensor.from('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
      const feeds = { ids: row(sequence), positions: row(sequence.map((_, at) => at)) };
      const { scores } = await whole.run(feeds);
      sequence.push(argMax(scores?.as('float32').data ?? new Float32Array()));
    }
    wanted.push(sequence.slice(question.length));
  }
  expect(new Set(wanted.flat()).size).toBeGreaterThan(5); // or it would be no test
  expect(await together()).toEqual(wanted);
});

it.each([
  ['heads that keys do not divide', { heads: 3 }, /multiple of keyValueHeads/],
  ['heads of a width that cannot be attended in place', { headWidth: 12 }, /multiple of 8/],
  ['an end beyond the vocabulary', { endTokens: [90] }, /below vocabSize/],
  ['a name of another family', { layout: 'llama' }, /layout/],
])('refuses %s', (_, changed, message) => {
  expect(() => glm({ ...config, endTokens: [2], ...changed })).toThrow(message);
});
