import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DType, dtypes, type TensorData, toFloat32 } from '../dtype.ts';
import { CheckpointError, fromFileError } from '../error.ts';
import { type Header, lengthPrefixBytes, parseHeader, parseHeaderLength, type TensorInfo } from './header.ts';

export interface OpenOptions {
  /** Keep what was read, so that a second `read` of a name gives the same array. Default: read anew each time. */
  readonly cache?: boolean;
}

/**
 * An open safetensors file. Only the header is in memory; `read` fetches one tensor's bytes with a positioned read
 * (Node cannot map files). To have the bytes mapped, hand `path`, `offset` and `sizeBytes` to ONNX Runtime as
 * external data. Close it, or declare it with `using`.
 */
export class SafetensorsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
  #descriptor: number | undefined;
  readonly #cache: Map<string, TensorData> | undefined;

  constructor(path: string, descriptor: number, header: Header, options: OpenOptions) {
    this.path = path;
    this.tensors = header.tensors;
    this.metadata = header.metadata;
    this.#descriptor = descriptor;
    this.#cache = options.cache ? new Map() : undefined;
  }

  /** Where tensor `name` lies; throws `unknown_tensor` with the nearest thing it has. */
  info(name: string): TensorInfo {
    const info = this.tensors.get(name);
    if (info) return info;
    const last = name.slice(name.lastIndexOf('.') + 1);
    const alike = [...this.tensors.keys()].filter((other) => other.endsWith(last)).slice(0, 3);
    const hint = alike.length > 0 ? `; there is ${alike.join(', ')}` : '';
    throw new CheckpointError('unknown_tensor', this.path, `no tensor ${JSON.stringify(name)}${hint}`);
  }

  /**
   * The elements of a tensor, in an array of its dtype (float16 → Float16Array, int64 → BigInt64Array; bfloat16 → its
   * bits in a Uint16Array). Reads the disk synchronously: meant for loading, not for serving.
   */
  read(name: string): TensorData {
    const cached = this.#cache?.get(name);
    if (cached) return cached;
    const { dtype, offset, sizeBytes } = this.info(name);
    if (this.#descriptor === undefined) throw new CheckpointError('closed', this.path, 'the file was closed');
    const data = dtypes[dtype].wrap(readExactly(this.#descriptor, offset, sizeBytes, this.path));
    this.#cache?.set(name, data);
    return data;
  }

  /** A float16, bfloat16, float32 or float64 tensor as float32; throws `wrong_dtype` for others. */
  readFloat32(name: string): Float32Array {
    const { dtype } = this.info(name);
    const data = toFloat32(dtype, this.read(name));
    if (!data) throw wrongDType(this.path, name, dtype, 'a floating-point dtype');
    return data;
  }

  /** Releases the descriptor; arrays already read stay valid. */
  close(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#cache?.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function wrongDType(path: string, name: string, dtype: DType, wanted: string): CheckpointError {
  return new CheckpointError(
    'wrong_dtype',
    path,
    `tensor ${JSON.stringify(name)} is ${dtype}, not ${wanted}`,
  );
}

/**
 * Opens a safetensors file and checks its header completely, so that no later `read` can leave the file or meet
 * another tensor's bytes.
 *
 * @example const file = await openSafetensors('llm.safetensors'); file.read('lm_head.weight');
 */
export async function openSafetensors(path: string, options: OpenOptions = {}): Promise<SafetensorsFile> {
  const absolute = resolve(path);
  let descriptor: number;
  try {
    descriptor = openSync(absolute, 'r');
  } catch (error) {
    throw fromFileError(error, absolute, 'open the file');
  }
  try {
    return new SafetensorsFile(absolute, descriptor, readHeader(descriptor, absolute), options);
  } catch (error) {
    closeSync(descriptor);
    throw fromFileError(error, absolute, 'read the header');
  }
}

function readHeader(descriptor: number, path: string): Header {
  const { size } = fstatSync(descriptor);
  const prefix = readExactly(descriptor, 0, Math.min(size, lengthPrefixBytes), path);
  const length = parseHeaderLength(new Uint8Array(prefix), size, path);
  const json = readExactly(descriptor, lengthPrefixBytes, length, path);
  return parseHeader(new Uint8Array(json), size, path);
}

/** Linux reads at most about 2 GiB per call. */
const maxReadBytes = 1 << 30;

function readExactly(descriptor: number, offset: number, sizeBytes: number, path: string): ArrayBuffer {
  const buffer = new ArrayBuffer(sizeBytes);
  const bytes = new Uint8Array(buffer);
  let done = 0;
  while (done < sizeBytes) {
    const got = readBytes(descriptor, bytes, done, offset, path);
    if (got === 0) {
      throw new CheckpointError(
        'truncated',
        path,
        `the file ends at byte ${offset + done}; was it replaced?`,
      );
    }
    done += got;
  }
  return buffer;
}

function readBytes(descriptor: number, into: Uint8Array, at: number, offset: number, path: string): number {
  try {
    return readSync(descriptor, into, at, Math.min(into.length - at, maxReadBytes), offset + at);
  } catch (error) {
    throw fromFileError(error, path, 'read the file');
  }
}
