import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '@x-llm/checkpoint';
import {
  attendWhole,
  attentionBias,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  nextPosition,
  positionsOf,
  prefixMask,
  rotary,
  vocabularyScores,
} from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, reshape, slice, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LanguageModel, languageModels, makePart } from './architectures/index.ts';
import { LanguageSessions } from './language-sessions.ts';
import { argMax } from './sampling/softmax.ts';
import { writeRandomBundle } from './testing/random-bundle.ts';
import { parametersIn } from './weights.ts';

let dir: string;
let runtime: Runtime;
let model: LanguageModel;
let source: ParameterSource;
let sessions: LanguageSessions;
let config: ChatGlmConfig;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xllm-engine-'));
  await writeRandomBundle(dir, { image: false });
  using bundle = await openBundle(dir);
  runtime = Runtime.load();
  model = makePart(languageModels, bundle.manifest.llm, 'llm');
  config = bundle.manifest.llm.config as unknown as ChatGlmConfig;
  source = parametersIn(bundle.weights('llm.safetensors'));
  sessions = await LanguageSessions.load(runtime, model, source, { slots: 4, length: 48, session: {} });
});

afterAll(async () => {
  sessions[Symbol.dispose]();
  runtime[Symbol.dispose]();
  await rm(dir, { recursive: true });
});

const questions = [
  [300, 301, 302, 303, 304, 280],
  [310, 311],
  [299, 280, 290, 291, 292, 305, 306, 307],
];

async function greedy(slot: number, ids: readonly number[], count: number): Promise<number[]> {
  const written = [argMax(await sessions.prefill(slot, await sessions.embed(ids)))];
  while (written.length < count) {
    const index = written.length - 1;
    const [scores] = await sessions.step([
      {
        slot,
        id: written[index] ?? 0,
        position: model.answerPosition(ids.length, index),
        cached: ids.length + index,
      },
    ]);
    written.push(argMax(scores ?? new Float32Array()));
  }
  return written;
}

describe('the cache', () => {
  it('gives what computing the whole sequence gives', async () => {
    const graph = new Graph('whole');
    const parameters = new Parameters(graph, source);
    const ids = graph.input('ids', 'int64', [1, 'T']);
    const positions = graph.input('positions', 'int64', [1, 2, 'T']);
    const context = graph.input('context', 'int64', [1]);
    const attend = attendWhole(config, rotary(config, positions), prefixMask(context, 'T'));
    const { hidden } = chatglm(config, parameters, embedTokens(config, parameters, ids), attend);
    const last = reshape(slice(hidden, 1, 'T-1', 'T'), [1, config.hiddenSize]);
    graph.output('scores', vocabularyScores(config, parameters, last));
    using whole = await runtime.createSession(toModel(graph));

    for (const question of questions) {
      const prompt = model.promptIds(question);
      const sequence = [...prompt];
      for (let index = 0; index < 12; index++) {
        const { scores } = await whole.run({
          ids: Tensor.from('int64', BigInt64Array.from(sequence, BigInt), [1, sequence.length]),
          positions: Tensor.from(
            'int64',
            BigInt64Array.from(positionsOf(sequence, config.tokens).flat(), BigInt),
            [1, 2, sequence.length],
          ),
          context: Tensor.from('int64', BigInt64Array.of(BigInt(prompt.length - 1)), [1]),
        });
        sequence.push(argMax(scores?.as('float32').data ?? new Float32Array()));
      }
      expect(await greedy(1, prompt, 12)).toEqual(sequence.slice(prompt.length));
    }
  });
});

describe('scores', () => {
  it('do not depend on what else is being written, to the bit', async () => {
    const all = questions.map((question) => model.promptIds(question));
    const step = (slot: number, prompt: readonly number[]) => ({
      slot,
      id: 300,
      position: model.answerPosition(prompt.length, 0),
      cached: prompt.length,
    });
    const alone: Float32Array[] = [];
    for (const prompt of all) {
      await sessions.prefill(0, await sessions.embed(prompt));
      const [scores] = await sessions.step([step(0, prompt)]);
      alone.push(scores?.slice() ?? new Float32Array());
    }
    const slots = [3, 0, 2]; // 1 stays free
    for (const [index, prompt] of all.entries()) {
      await sessions.prefill(slots[index] ?? 0, await sessions.embed(prompt));
    }
    const together = await sessions.step(all.map((prompt, index) => step(slots[index] ?? 0, prompt)));
    expect(together.map((scores) => scores.slice())).toEqual(alone);
  });
});

describe('layers in several sessions', () => {
  it('give what they give in one, in prompts and steps', async () => {
    using divided = await LanguageSessions.load(runtime, model, source, {
      slots: 2,
      length: 48,
      sections: 5, // more than there are layers
      session: {},
    });
    const prompt = model.promptIds(questions[0] ?? []);
    const step = {
      slot: 1,
      id: 300,
      position: model.answerPosition(prompt.length, 0),
      cached: prompt.length,
    };
    const scores: Float32Array[][] = [];
    for (const one of [sessions, divided]) {
      const first = (await one.prefill(1, await one.embed(prompt))).slice();
      const [second] = await one.step([step]);
      scores.push([first, second?.slice() ?? new Float32Array()]);
    }
    // ONNX Runtime fuses an addition with the norm behind it, but not across sessions: the last bit may differ.
    const [whole = [], parts = []] = scores.map((pair) => pair.flatMap((values) => [...values]));
    expect(Math.max(...whole.map((value, at) => Math.abs(value - (parts[at] ?? 0))))).toBeLessThan(1e-5);
  });
});

describe('chatglm', () => {
  it('feeds what the reference feeds', () => {
    const prompt = model.promptIds([300, 301, 302]);
    const { positions, bias } = model.promptInputs(prompt.length);
    expect(Array.from(positions?.data ?? [], Number)).toEqual(positionsOf(prompt, config.tokens).flat());
    expect(bias?.data).toEqual(attentionBias({ length: prompt.length, context: prompt.length - 1 }));
    const written = [310, 311, 312];
    const answered = model.promptInputs(prompt.length, written.length);
    const length = prompt.length + written.length;
    expect(answered.bias?.data).toEqual(attentionBias({ length, context: prompt.length - 1 }));
    expect(Array.from(answered.positions.data, Number)).toEqual(
      positionsOf([...prompt, ...written], config.tokens).flat(),
    );
    written.forEach((_, index) => {
      const before = [...prompt, ...written.slice(0, index + 1)];
      expect(model.answerPosition(prompt.length, index)).toEqual(nextPosition(before, config.tokens));
    });
  });
});
