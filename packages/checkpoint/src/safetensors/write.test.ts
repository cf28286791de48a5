import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DType, dtypeNames, dtypes } from '../dtype.ts';
import { fileWith, rejection, temporaryFolder } from '../testing.ts';
import { openSafetensors } from './read.ts';
import { type TensorSource, writeSafetensors } from './write.ts';

const source = (name: string, dtype: DType, shape: number[], bytes: Uint8Array): TensorSource => {
  const sizeBytes = shape.reduce((product, size) => product * size, dtypes[dtype].sizeBytes);
  const buffer = new ArrayBuffer(sizeBytes);
  new Uint8Array(buffer).set(bytes.subarray(0, sizeBytes));
  return { name, dtype, shape, data: dtypes[dtype].wrap(buffer) };
};

const tensors = fc.uniqueArray(
  fc
    .tuple(
      fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__'),
      fc.constantFrom(...dtypeNames),
      fc.array(fc.nat(3), { maxLength: 3 }),
      fc.uint8Array({ minLength: 0, maxLength: 300 }),
    )
    .map((parts) => source(...parts)),
  { selector: (tensor) => tensor.name, maxLength: 5 },
);

describe('writeSafetensors', () => {
  it('gives back what it was given, aligned, whatever the order', async () => {
    const path = join(await temporaryFolder(), 'a.safetensors');
    await fc.assert(
      fc.asyncProperty(tensors, fc.dictionary(fc.string(), fc.string()), async (given, metadata) => {
        await writeSafetensors(path, given, metadata);
        const bytes = await readFile(path);
        using file = await openSafetensors(path);
        expect(file.metadata).toEqual({ ...metadata });
        expect(file.tensors.size).toBe(given.length);
        for (const { name, dtype, shape, data } of given) {
          expect(file.info(name)).toMatchObject({ dtype, shape });
          expect(file.info(name).offset % dtypes[dtype].sizeBytes).toBe(0);
          expect(bitsOf(file.read(name))).toEqual(bitsOf(data));
        }
        await writeSafetensors(path, given.toReversed(), metadata);
        expect((await readFile(path)).equals(bytes)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('asks for the data of one tensor at a time', async () => {
    const path = join(await temporaryFolder(), 'a.safetensors');
    const asked: string[] = [];
    const lazy = ['b', 'a'].map((name) => ({
      name,
      dtype: 'float32' as const,
      shape: [1],
      data: async () => {
        asked.push(name);
        return Float32Array.of(name.charCodeAt(0));
      },
    }));
    await writeSafetensors(path, lazy);
    expect(asked).toEqual(['b', 'a']); // as given, though `a` stands first in the file
    using file = await openSafetensors(path);
    expect(file.read('b')).toEqual(Float32Array.of(98));
  });

  it('leaves the old file alone when it fails', async () => {
    const path = await fileWith('old');
    const failing: TensorSource = {
      name: 'a',
      dtype: 'float32',
      shape: [2],
      data: () => {
        throw new Error('no data');
      },
    };
    await expect(writeSafetensors(path, [failing])).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(dirname(path))).toEqual(['file.safetensors']);
  });

  it('refuses arrays that do not fit', async () => {
    const path = await fileWith('');
    const two = Float32Array.of(1, 2);
    const wrong: [string, TensorSource[], RegExp][] = [
      [
        'length',
        [{ name: 'a', dtype: 'float32', shape: [3], data: two }],
        /\[3\] but got a Float32Array of 2/,
      ],
      ['dtype', [{ name: 'a', dtype: 'int32', shape: [2], data: two }], /int32 \[2\] but got a Float32Array/],
      ['name', [{ name: '__metadata__', dtype: 'float32', shape: [2], data: two }], /cannot hold/],
      ['surrogate', [{ name: '\ud800', dtype: 'float32', shape: [2], data: two }], /cannot hold/],
      ['twice', [0, 0].map(() => ({ name: 'a', dtype: 'float32', shape: [2], data: two })), /given twice/],
    ];
    for (const [, given, message] of wrong) {
      expect((await rejection('invalid_tensor', writeSafetensors(path, given))).message).toMatch(message);
    }
  });
});

function bitsOf(data: TensorSource['data']): Uint8Array {
  if (typeof data === 'function') throw new Error('expected an array');
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
