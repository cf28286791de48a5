import { evaVitG } from '@x-llm/models';
import type { ParameterSource } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encoders, makePart } from '../architectures/index.ts';
import { createRandom } from '../sampling/random.ts';
import { divide, isQuantized, loadedBytes, sectionsFor } from '../sections.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import { buildEncoderSections } from './pictures.ts';

const config = { ...evaVitG, imageSize: 28, width: 32, depth: 5, heads: 4, mlpWidth: 48, positionGrid: 2 };
const encoder = makePart(encoders, { architecture: 'eva-vit', config }, 'encoder');

const random = createRandom(1);
const drawn = new Map<string, Float32Array>();
/** Any numbers; the same ones whenever a name is asked for. */
const source: ParameterSource = (name, shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  const data = drawn.get(name) ?? Float32Array.from({ length }, () => random() - 0.5);
  drawn.set(name, data);
  return { dtype: 'float32', shape, data };
};

let runtime: Runtime;
beforeAll(() => {
  runtime = Runtime.load();
});
afterAll(() => runtime[Symbol.dispose]());

async function statesOf(sections: number): Promise<Float32Array> {
  const graphs = buildEncoderSections(encoder, source, divide(encoder.blocks, sections));
  expect(graphs).toHaveLength(Math.min(sections, 5));
  using sessions = await EncoderSessions.load(runtime, graphs, {});
  const pixels = Float32Array.from({ length: 2 * 3 * 28 * 28 }, (_, at) => Math.sin(at));
  using input = Tensor.from('float32', pixels, [2, 3, 28, 28]);
  using states = await sessions.run(input);
  expect(states.shape).toEqual([2, 5, 32]);
  return states.as('float32').data.slice();
}

it('an encoder in sections says what it says whole', async () => {
  const whole = await statesOf(1);
  expect(Math.max(...whole)).toBeGreaterThan(0.1);
  for (const sections of [2, 3, 9]) expect(await statesOf(sections)).toEqual(whole);
});

it('a section that cannot be loaded is told, and the others are given back', async () => {
  const graphs = buildEncoderSections(encoder, source, divide(encoder.blocks, 2));
  const broken: ParameterSource = (_, shape) => ({
    dtype: 'float32',
    shape,
    data: { path: '/nowhere/weights', offset: 0, sizeBytes: 4 * shape.reduce((a, b) => a * b, 1) },
  });
  const [first] = graphs;
  const [, second] = buildEncoderSections(encoder, broken, divide(encoder.blocks, 2));
  if (!first || !second) throw new Error('two sections');
  await expect(EncoderSessions.load(runtime, [first, second], {})).rejects.toThrow(/nowhere/);
});

it('counts what weights take when they are loaded', () => {
  const half: ParameterSource = (_, shape) => ({
    dtype: 'float16',
    shape,
    data: new Float16Array(shape.reduce((product, size) => product * size, 1)),
  });
  const bytes = (of: ParameterSource) =>
    buildEncoderSections(encoder, of, divide(encoder.blocks, 1)).map(loadedBytes)[0] ?? 0;
  const numbers = 5 * (32 * 96 + 32 * 32 + 2 * 32 * 48) + 32 * 3 * 14 * 14; // without norms, biases and positions
  expect(bytes(half)).toBeGreaterThan(4 * numbers);
  expect(bytes(half)).toBeLessThan(1.1 * 4 * numbers);
  expect(Math.abs(bytes(half) - bytes(source))).toBeLessThan(0.05 * bytes(source)); // constants of the graph apart
});

it('divides by size: one session for what is small, two a core for what is large', () => {
  expect([1e6, 199e6, 250e6, 4e9].map((bytes) => sectionsFor(bytes, 2))).toEqual([1, 1, 2, 4]);
  const few: ParameterSource = (name, shape, use) => {
    const [rows = 1, columns = 1] = shape;
    const blocks = Math.ceil(columns / 16);
    if (use !== 'matrix') return source(name, shape, use);
    const packed = {
      dtype: 'uint8',
      shape: [rows, blocks, 16],
      data: new Uint8Array(rows * blocks * 16),
    } as const;
    const scales = {
      dtype: 'float32',
      shape: [rows, blocks],
      data: new Float32Array(rows * blocks),
    } as const;
    return { bits: 8, blockSize: 16, packed, scales };
  };
  const quantized = (of: ParameterSource) =>
    buildEncoderSections(encoder, of, divide(encoder.blocks, 2)).map(isQuantized);
  expect(quantized(few)).toEqual([true, true]);
  expect(quantized(source)).toEqual([false, false]);
});
