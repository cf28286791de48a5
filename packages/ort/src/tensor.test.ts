import { describe, expect, test } from 'vitest';
import { arrayTypeOf, type DType, dtypes, type TypedArray } from './dtype.ts';
import { Runtime } from './runtime.ts';
import { Tensor } from './tensor.ts';
import { model } from './testing.ts';

const runtime = Runtime.load();

/** `y = x` for any element type: Identity's kernel moves bytes, so every type must come back as it went in. */
async function echo(dtype: DType, shape: number[], fill: (data: TypedArray) => void): Promise<Tensor> {
  const bytes = model({ x: [dtype, shape] }, { y: [dtype, shape] }, [['Identity', ['x'], ['y']]]);
  using session = await runtime.createSession(bytes);
  using x = Tensor.zeros(dtype, shape);
  fill(x.data);
  const { y } = await session.run({ x }, { outputs: ['y'] });
  expect(y.data.constructor).toBe(arrayTypeOf(dtype));
  expect(y.shape).toEqual(shape);
  expect(y.data).toEqual(x.data);
  return y;
}

/** ONNX Runtime refuses bfloat16 at a model's border on the CPU. */
test.each(dtypes.filter((dtype) => dtype !== 'bfloat16'))(
  '%s goes through a session unchanged',
  async (dtype) => {
    const top: Partial<Record<DType, number | bigint>> = {
      int64: -(2n ** 62n),
      uint64: 2n ** 63n + 1n,
      bool: 1,
    };
    using y = await echo(dtype, [2, 3], (data) => {
      if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[5] = BigInt(top[dtype] ?? 7);
      else data[5] = Number(top[dtype] ?? 101);
    });
    expect(y.dtype).toBe(dtype);
    expect(y.data[5]).toBe(top[dtype] ?? 101);
  },
);

test('a scalar has no sizes and one element', async () => {
  using y = await echo('float32', [], (data) => data.fill(2.5 as never));
  expect([...y.data]).toEqual([2.5]);
});

test('an empty tensor has a size of 0 and no elements', async () => {
  using y = await echo('float32', [2, 0, 3], () => {});
  expect(y.data).toHaveLength(0);
});

describe('Tensor.from', () => {
  test('does not copy', () => {
    const data = new Float32Array(4);
    expect(Tensor.from('float32', data, [2, 2]).data).toBe(data);
  });

  const zeros = new Float32Array(4);
  test.each<[string, () => unknown, string]>([
    ['a wrong length', () => Tensor.from('float32', zeros, [3]), 'shape [3] holds 3 elements, got 4'],
    [
      'a wrong array',
      () => Tensor.from('int32', zeros as never, [4]),
      'int32 needs a Int32Array, got Float32Array',
    ],
    ['a bad size', () => Tensor.from('float32', zeros, [-4]), 'integers of 0 or more, got [-4]'],
    [
      'an unknown type',
      () => Tensor.from('string' as never, zeros as never, [4]),
      'no element type "string"',
    ],
    [
      'a wrong narrowing',
      () => Tensor.from('float32', zeros, [4]).as('int64'),
      'expected int64, got float32 [4]',
    ],
    [
      'memory that may move',
      () => Tensor.from('uint8', new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 })), [4]),
      'resizable',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('a disposed tensor says so', () => {
  const tensor = Tensor.zeros('float32', [1]);
  tensor[Symbol.dispose]();
  tensor[Symbol.dispose]();
  expect(tensor.disposed).toBe(true);
  expect(() => tensor.data).toThrow('Tensor was disposed');
});
