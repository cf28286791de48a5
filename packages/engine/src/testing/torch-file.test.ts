import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTorch, type TensorSource } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTorch } from './torch-file.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-torch-'));
});
afterAll(() => rm(root, { recursive: true }));

const tensors: readonly TensorSource[] = [
  { name: 'half', dtype: 'float16', shape: [2, 3], data: Float16Array.of(1, 2, 3, 4, 5, 6) },
  { name: 'brain.float', dtype: 'bfloat16', shape: [2], data: () => Uint16Array.of(0x3f80, 0xc000) },
  { name: 'single', dtype: 'float32', shape: [1, 1], data: async () => Float32Array.of(0.1) },
  { name: 'positions', dtype: 'int64', shape: [1, 2], data: BigInt64Array.of(0n, -1n) },
  { name: 'scalar', dtype: 'float32', shape: [], data: Float32Array.of(7) },
];

describe('writeTorch', () => {
  it.each([undefined, 'model'])('is read back as it was, under the key %s', async (under) => {
    const path = join(root, `${under}.pth`);
    await writeTorch(path, tensors, { under });
    using file = await openTorch(path);
    const prefix = under === undefined ? '' : `${under}.`;
    expect([...file.tensors.keys()]).toEqual(tensors.map(({ name }) => prefix + name));
    for (const { name, dtype, shape, data } of tensors) {
      const info = file.info(prefix + name);
      expect(info).toMatchObject({ dtype, shape });
      expect(info.offset % 64).toBe(0);
      expect(file.read(prefix + name)).toEqual(typeof data === 'function' ? await data() : data);
    }
  });

  it('has beside that key what is to be there', async () => {
    const path = join(root, 'beside.pth');
    const [half, ...beside] = tensors;
    await writeTorch(path, half ? [half] : [], { under: 'model', beside });
    using file = await openTorch(path);
    expect([...file.tensors.keys()]).toEqual(['model.half', ...beside.map(({ name }) => name)]);
    expect(file.read('scalar')).toEqual(Float32Array.of(7));
  });

  it('asks for one tensor after the other', async () => {
    const asked: string[] = [];
    const sources = tensors.map((one): TensorSource => {
      const data = () => {
        asked.push(one.name);
        return typeof one.data === 'function' ? one.data() : one.data;
      };
      return { ...one, data };
    });
    await writeTorch(join(root, 'lazy.bin'), sources);
    expect(asked).toEqual(tensors.map(({ name }) => name));
  });

  it('refuses what does not fit, before it writes anything', async () => {
    const path = join(root, 'large.bin');
    const data = () => expect.unreachable('nothing is asked for');
    const large: TensorSource = { name: 'large', dtype: 'float16', shape: [2 ** 16, 2 ** 15], data };
    await expect(writeTorch(path, [large])).rejects.toThrow(/less than 4 GiB here: give it shards/);
    const odd: TensorSource = { name: 'odd', dtype: 'uint8', shape: [1], data };
    await expect(writeTorch(path, [odd])).rejects.toThrow(/odd is uint8/);
    expect(existsSync(path)).toBe(false);
  });
});
