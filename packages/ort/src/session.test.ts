import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SessionOptions } from './options.ts';
import { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';
import { addModel, model } from './testing.ts';

const runtime = Runtime.load();
const folder = mkdtempSync(path.join(tmpdir(), 'ort-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vector = (...values: number[]) => Tensor.from('float32', new Float32Array(values), [values.length]);

async function sum(options: SessionOptions = {}): Promise<unknown> {
  using session = await runtime.createSession(addModel(), options);
  const result = await session.run({ a: vector(1, 2), b: vector(10, 20) }, { outputs: ['sum'] });
  return [...result.sum.data];
}

test('describes inputs and outputs', async () => {
  const bytes = model(
    { a: ['float32', ['batch', 3]], i: ['int64', []] },
    { y: ['float32', ['batch', 3]], j: ['int64', []] },
    [
      ['Neg', ['a'], ['y']],
      ['Neg', ['i'], ['j']],
    ],
  );
  using session = await runtime.createSession(bytes);
  expect(session.inputs).toEqual([
    { name: 'a', dtype: 'float32', shape: ['batch', 3] },
    { name: 'i', dtype: 'int64', shape: [] },
  ]);
  expect(session.outputs.map((output) => output.name)).toEqual(['y', 'j']);
  const all = await session.run({
    i: Tensor.from('int64', new BigInt64Array([5n]), []),
    a: Tensor.zeros('float32', [1, 3]),
  });
  expect(Object.keys(all)).toEqual(['y', 'j']);
  expect(all.j?.data[0]).toBe(-5n);
});

describe('outputs', () => {
  test('that are given are written in place', async () => {
    using session = await runtime.createSession(addModel());
    const data = new Float32Array(2);
    using sum = Tensor.from('float32', data, [2]);
    const feeds = { a: vector(1, 2), b: vector(10, 20) };
    const results = await session.run(feeds, { outputs: { sum } });
    expect(results.sum).toBe(sum);
    expect([...data]).toEqual([11, 22]);
    session.runSync({ a: sum, b: feeds.b }, { outputs: { sum } });
    expect([...data]).toEqual([21, 42]);
  });

  test("that are not given are views of ONNX Runtime's memory, never copies", async () => {
    using session = await runtime.createSession(addModel());
    const count = 4 << 20;
    using a = Tensor.zeros('float32', [count]);
    const before = process.memoryUsage().arrayBuffers;
    const { sum } = await session.run({ a, b: a }, { outputs: ['sum'] });
    const view = sum.as('float32').data;
    expect(view).toHaveLength(count);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(count);
    // What is written through the view is what the next run reads.
    view[count - 1] = 7;
    const again = session.runSync({ a: sum, b: sum }, { outputs: ['sum'] });
    expect(again.sum.data[count - 1]).toBe(14);
    expect(sum.data).toBe(view);
    sum[Symbol.dispose]();
    expect(view, 'a disposed view is detached, so that freed memory cannot be read').toHaveLength(0);
  });

  test('live on after their session', async () => {
    const session = await runtime.createSession(addModel());
    const { sum } = await session.run({ a: vector(1), b: vector(2) }, { outputs: ['sum'] });
    session[Symbol.dispose]();
    expect([...sum.data]).toEqual([3]);
  });
});

describe('a wrong call names what is wrong', () => {
  const a = vector(1, 2);
  test.each<[string, Record<string, Tensor>, readonly string[] | Record<string, Tensor> | undefined, string]>(
    [
      ['missing feed', { a }, undefined, 'missing feed: b: float32 [n]'],
      ['unknown feed', { a, b: a, c: a }, undefined, 'unknown feed "c": the model has a, b'],
      [
        'wrong type',
        { a, b: Tensor.zeros('int64', [2]) },
        undefined,
        'feed "b": expected float32 [n], got int64 [2]',
      ],
      [
        'wrong rank',
        { a, b: Tensor.zeros('float32', [2, 1]) },
        undefined,
        'expected float32 [n], got float32 [2, 1]',
      ],
      [
        'wrong size',
        { a, b: vector(1, 2, 3) },
        undefined,
        'feed "b": expected axis 0 (n) to be 2 as in "a", got 3',
      ],
      ['no tensor', { a, b: [1, 2] as never }, undefined, 'feed "b": expected a Tensor, got object'],
      ['unknown output', { a, b: a }, ['total'], 'unknown output "total": the model has sum'],
      ['no outputs', { a, b: a }, [], 'no outputs were asked for'],
      [
        'wrong output',
        { a, b: a },
        { sum: Tensor.zeros('int8', [2]) },
        'output "sum": expected float32 [n], got int8 [2]',
      ],
    ],
  )('%s', async (_, feeds, outputs, message) => {
    using session = await runtime.createSession(addModel());
    const options = outputs === undefined ? {} : { outputs };
    expect(() => session.runSync(feeds, options)).toThrow(message);
    await expect(session.run(feeds, options)).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(session.runSync({ a, b: a }).sum?.data[1], 'still usable').toBe(4);
  });

  test('a wrong fixed size', async () => {
    using session = await runtime.createSession(addModel([2]));
    const feeds = { a: vector(1, 2, 3), b: vector(1, 2, 3) };
    expect(() => session.runSync(feeds)).toThrow('feed "a": expected float32 [2], got float32 [3]');
  });

  test("what ONNX Runtime itself refuses carries the runtime's code and words", async () => {
    await expect(runtime.createSession(new Uint8Array(5))).rejects.toMatchObject({
      code: 'invalid_protobuf',
      message: expect.stringContaining('load a model of 5 bytes'),
    });
  });
});

describe('after disposal', () => {
  test('a session refuses runs', async () => {
    const session = await runtime.createSession(addModel());
    session[Symbol.dispose]();
    session[Symbol.dispose]();
    expect(() => session.runSync({})).toThrow('Session was disposed');
    await expect(session.run({})).rejects.toMatchObject({ code: 'disposed' });
  });

  test('a tensor is refused as a feed', async () => {
    using session = await runtime.createSession(addModel());
    const a = vector(1);
    a[Symbol.dispose]();
    expect(() => session.runSync({ a, b: a })).toThrow('Tensor was disposed');
  });

  test('a runtime refuses sessions', async () => {
    const other = Runtime.load();
    other[Symbol.dispose]();
    await expect(other.createSession(addModel())).rejects.toMatchObject({ code: 'disposed' });
  });
});

describe('options', () => {
  test.each<[string, SessionOptions]>([
    ['nothing', {}],
    ['a pool of its own', { intraOpThreads: 2, allowSpinning: false }],
    ['no spinning', { allowSpinning: false }],
    ['no prepacking', { prepacking: false }],
    ['no optimisation', { optimization: 'disabled' }],
    ['a config entry', { config: { 'session.set_denormal_as_zero': '1' } }],
  ])('%s', async (_, options) => {
    expect(await sum(options)).toEqual([11, 22]);
  });

  test('freeDimensions fixes a named size', async () => {
    using session = await runtime.createSession(addModel(), { freeDimensions: { n: 2 } });
    expect(session.inputs[0]?.shape).toEqual([2]);
  });

  test('optimizedModelPath is written', async () => {
    const file = path.join(folder, 'optimized.onnx');
    await sum({ optimizedModelPath: file });
    expect(readFileSync(file).byteLength).toBeGreaterThan(20);
  });

  test('a transpose in front of a product is folded into it, unless keepTransposes', async () => {
    const matrix = ['float32', [3, 3]] as const;
    const bytes = model({ a: matrix, b: matrix }, { y: matrix }, [
      ['Transpose', ['a'], ['t']],
      ['MatMul', ['t', 'b'], ['y']],
    ]);
    const file = path.join(folder, 'product.onnx');
    const rewritten = async (keepTransposes: boolean) => {
      using session = await runtime.createSession(bytes, { keepTransposes, optimizedModelPath: file });
      const { y } = await session.run({
        a: Tensor.from('float32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), [3, 3]),
        b: Tensor.from('float32', Float32Array.of(1, 0, 0, 0, 2, 0, 0, 0, 1), [3, 3]),
      });
      expect([...(y?.data ?? [])]).toEqual([1, 8, 7, 2, 10, 8, 3, 12, 9]);
      return readFileSync(file, 'latin1');
    };
    expect(await rewritten(false)).toContain('FusedMatMul');
    expect(await rewritten(true)).not.toContain('FusedMatMul');
  });

  test.each<[string, SessionOptions, string]>([
    ['provider', { provider: 'tpu' as never }, 'no such provider "tpu"'],
    ['optimization', { optimization: 'some' as never }, 'expected one of disabled, basic, extended, all'],
    ['intraOpThreads', { intraOpThreads: 0 }, 'intraOpThreads must be an integer of 1 or more, got 0'],
    ['freeDimensions', { freeDimensions: { n: 1.5 } }, 'freeDimensions.n must be an integer'],
  ])('a wrong %s is refused', async (_, options, message) => {
    await expect(runtime.createSession(addModel(), options)).rejects.toThrow(message);
  });

  test.skipIf(runtime.providers().includes('cuda'))(
    'a provider that is missing says how to get it',
    async () => {
      await expect(runtime.createSession(addModel(), { provider: 'cuda' })).rejects.toMatchObject({
        code: 'provider_missing',
        message: expect.stringMatching(/not installed here.*onnxruntime-node-install=cuda12/),
      });
    },
  );

  test('the thread pool, once made, cannot be changed', () => {
    const threads = runtime.intraOpThreads + 1;
    expect(() => Runtime.load({ intraOpThreads: threads })).toThrow(`already has ${threads - 1} threads`);
    Runtime.load({ intraOpThreads: threads - 1 })[Symbol.dispose]();
  });
});

test('external data may lie anywhere, at any offset', async () => {
  const file = path.join(folder, 'weights.bin');
  writeFileSync(file, new Uint8Array(new Float32Array([0, 0, 3, 4]).buffer));
  const bytes = model({ a: ['float32', [2]] }, { sum: ['float32', [2]] }, [['Add', ['a', 'w'], ['sum']]], {
    w: { dtype: 'float32', shape: [2], location: file.slice(1), offset: 8, length: 8 },
  });
  using session = await runtime.createSession(bytes);
  expect([...session.runSync({ a: vector(1, 1) }, { outputs: ['sum'] }).sum.data]).toEqual([4, 5]);
});
