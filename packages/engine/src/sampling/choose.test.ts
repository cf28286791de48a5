import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSafetensors, type SafetensorsFile } from '@x-llm/checkpoint';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseToken, draw, type SamplingOptions, shapeScores } from './choose.ts';
import { createRandom } from './random.ts';
import { argMax, softmax } from './softmax.ts';
import { kthLargest } from './top-k.ts';

interface Case {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly input_ids: readonly (readonly number[])[];
  readonly invalid_score: string | null;
  readonly argmax: readonly number[];
  readonly kept: readonly number[];
}

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../../tests/parity/golden/sampling/${name}`, import.meta.url));

/** What is not offered: bans of n-grams, least lengths, and the replacement of broken scores. */
const offered = new Set(['temperature', 'top_k', 'top_p', 'repetition_penalty']);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(golden('processors.json'), 'utf8'));
const ours = cases.filter(
  ({ name, options }) =>
    Object.keys(options).every((key) => offered.has(key)) && !name.startsWith('invalid-'),
);

const optionsOf = ({ options }: Case): SamplingOptions => ({
  temperature: Number(options['temperature'] ?? 1),
  topP: Number(options['top_p'] ?? 1),
  topK: options['top_k'] === undefined ? undefined : Number(options['top_k']),
  repetitionPenalty: Number(options['repetition_penalty'] ?? 1),
});

describe('scores are shaped as the transformers library does', () => {
  let file: SafetensorsFile;
  beforeAll(async () => {
    file = await openSafetensors(golden('processors.safetensors'));
  });
  afterAll(() => file.close());

  it('covers what is offered', () => {
    expect(ours.map(({ name }) => name)).toContain('temperature-top_k-top_p');
    expect(ours).toHaveLength(20);
  });

  it.each(ours)('$name', (one) => {
    const logits = file.readFloat32(`${one.name}/logits`);
    const expected = file.readFloat32(`${one.name}/probs`);
    const width = logits.length / one.input_ids.length;
    one.input_ids.forEach((ids, row) => {
      const scores = logits.slice(row * width, (row + 1) * width);
      shapeScores(scores, ids, optionsOf(one));
      const probabilities = softmax(scores);
      expect(probabilities.filter((probability) => probability > 0)).toHaveLength(one.kept[row] ?? -1);
      expect(argMax(scores)).toBe(one.argmax[row]);
      const worst = probabilities.reduce(
        (most, value, id) => Math.max(most, Math.abs(value - (expected[row * width + id] ?? 0))),
        0,
      );
      expect(worst).toBeLessThan(1e-6);
    });
  });
});

describe('chooseToken', () => {
  const all: SamplingOptions = { temperature: 1, topP: 1, topK: undefined, repetitionPenalty: 1 };

  it('is greedy at temperature 0, whatever the seed', () => {
    const choose = (seed: number) =>
      chooseToken(Float32Array.of(1, 3, 2.9), [], { ...all, temperature: 0, topP: 0.1 }, createRandom(seed));
    expect([1, 2, 3].map(choose)).toEqual([1, 1, 1]);
  });

  it('draws tokens as often as their probabilities say', () => {
    const random = createRandom(7);
    const counts = [0, 0, 0];
    for (let round = 0; round < 20_000; round++) {
      const id = chooseToken(Float32Array.from([0.5, 0.3, 0.2], Math.log), [], all, random);
      counts[id] = (counts[id] ?? 0) + 1;
    }
    for (const [id, share] of [0.5, 0.3, 0.2].entries()) {
      expect(Math.abs((counts[id] ?? 0) / 20_000 - share)).toBeLessThan(0.015); // 4 standard deviations
    }
  });

  it('is as good as greedy at temperatures that would make scores infinite', () => {
    for (const temperature of [1e-6, 1e-38, 1e-45, Number.MIN_VALUE]) {
      for (const scores of [
        [1, 3, 2.9],
        [-5, -1, -9],
        [0, 0.001, 0],
      ]) {
        const found = chooseToken(Float32Array.from(scores), [], { ...all, temperature }, createRandom(5));
        expect(found, `${temperature}`).toBe(1);
      }
    }
  });

  it('refuses scores that are no numbers', () => {
    expect(chooseToken(Float32Array.of(1, Number.NaN), [], all, createRandom(1))).toBe(-1);
    expect(chooseToken(new Float32Array(3).fill(Number.NEGATIVE_INFINITY), [], all, createRandom(1))).toBe(
      -1,
    );
  });

  it('never draws a removed token', () => {
    expect(draw(Float32Array.of(0, 1, 0), 0)).toBe(1);
    expect(draw(Float32Array.of(0.5, 0.4999, 0), 0.99999)).toBe(1);
  });
});

describe('kthLargest', () => {
  it('is what sorting finds', () => {
    const values = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.nat(39), (list, at) => {
        const k = (at % list.length) + 1;
        expect(kthLargest(Float32Array.from(list), k) + 0).toBe((list.sort((a, b) => b - a)[k - 1] ?? 0) + 0);
      }),
    );
  });
});

describe('createRandom', () => {
  it('gives equal streams for equal seeds only', () => {
    const stream = (seed: number) => Array.from({ length: 4 }, createRandom(seed));
    expect(stream(42)).toEqual(stream(42));
    const seeds = [0, 1, -1, 42, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => stream(seed).join())).size).toBe(seeds.length);
  });
});
