import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeAtomically } from '../atomic.ts';
import { arrayMatches, dtypes, type TensorData } from '../dtype.ts';
import { CheckpointError } from '../error.ts';
import { encodeHeader, type TensorShape, tensorSizeBytes } from './header.ts';

/** A tensor to write. As a function, `data` is asked for when its turn comes, so that one tensor is in memory: in the order given. */
export interface TensorSource extends TensorShape {
  readonly data: TensorData | (() => TensorData | Promise<TensorData>);
}

/**
 * Writes a safetensors file: atomically, one tensor at a time, equal input giving equal bytes. Tensors are ordered by
 * falling element size, then by name, so that every one is aligned to its elements.
 *
 * Throws `invalid_tensor` when a name comes twice or an array does not fit its dtype and shape.
 *
 * @example await writeSafetensors('a.safetensors', [{ name: 'w', dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]);
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<TensorSource>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const absolute = resolve(path);
  const given = [...tensors];
  const ordered = given.toSorted(inFileOrder);
  checkSources(ordered, metadata, absolute);
  await writeAtomically(absolute, async (file) => {
    const header = encodeHeader(ordered, metadata);
    await writeFully(file, header, 0);
    const offsets = new Map<TensorSource, number>();
    let offset = header.length;
    for (const tensor of ordered) {
      offsets.set(tensor, offset);
      offset += tensorSizeBytes(tensor);
    }
    for (const tensor of given) {
      const data = typeof tensor.data === 'function' ? await tensor.data() : tensor.data;
      checkData(tensor, data, absolute);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      await writeFully(file, bytes, offsets.get(tensor) ?? 0);
    }
  });
}

function inFileOrder(a: TensorShape, b: TensorShape): number {
  const bySize = dtypes[b.dtype].sizeBytes - dtypes[a.dtype].sizeBytes;
  if (bySize !== 0) return bySize;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function checkSources(
  tensors: readonly TensorSource[],
  metadata: Readonly<Record<string, string>>,
  path: string,
): void {
  const seen = new Set<string>();
  for (const { name, shape } of tensors) {
    const fail = (detail: string) =>
      new CheckpointError('invalid_tensor', path, `tensor ${JSON.stringify(name)} ${detail}`);
    if (seen.has(name)) throw fail('is given twice');
    if (name === '__metadata__' || !name.isWellFormed()) throw fail('has a name the format cannot hold');
    if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      throw fail(`has the shape [${shape.join(',')}]`);
    }
    seen.add(name);
  }
  for (const text of Object.entries(metadata).flat()) {
    if (!text.isWellFormed())
      throw new CheckpointError('invalid_header', path, 'metadata is not valid Unicode');
  }
}

function checkData(tensor: TensorSource, data: TensorData, path: string): void {
  if (arrayMatches(tensor.dtype, data) && data.byteLength === tensorSizeBytes(tensor)) return;
  const { name, dtype, shape } = tensor;
  throw new CheckpointError(
    'invalid_tensor',
    path,
    `tensor ${JSON.stringify(name)} is ${dtype} [${shape.join(',')}] but got a ${data.constructor.name} of ${data.length}`,
  );
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
