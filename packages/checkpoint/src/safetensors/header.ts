/**
 * The safetensors header: 8 bytes little-endian length, that many bytes of JSON, then the tensors' bytes.
 * Format and limits: https://github.com/huggingface/safetensors (README "Format", `tensor.rs`).
 */

import { type DType, dtypeFromCode, dtypes } from '../dtype.ts';
import { CheckpointError } from '../error.ts';
import type { TensorInfo } from '../tensor-file.ts';
import { duplicateKey } from './duplicates.ts';

export interface Header {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
}

export const lengthPrefixBytes = 8;
/** The reference implementation's limit, against files that ask for all memory. */
export const maxHeaderBytes = 100_000_000;
const metadataKey = '__metadata__';

/** Reads the 8-byte length and checks it against the limit and the file. */
export function parseHeaderLength(prefix: Uint8Array, fileBytes: number, path: string): number {
  if (prefix.length < lengthPrefixBytes) {
    throw new CheckpointError(
      'truncated',
      path,
      `${prefix.length} bytes are too few for a safetensors file (the header's length alone takes 8)`,
    );
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, lengthPrefixBytes);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new CheckpointError(
      'header_too_large',
      path,
      `the header claims ${length} bytes, the limit is ${maxHeaderBytes}; this is not a safetensors file, or it is damaged`,
    );
  }
  if (lengthPrefixBytes + Number(length) > fileBytes) {
    throw new CheckpointError(
      'truncated',
      path,
      `the header claims ${length} bytes, the file ends after ${fileBytes}; fetch it again`,
    );
  }
  return Number(length);
}

/**
 * Parses and checks the JSON of a header. Tensors must fill the rest of the file exactly: no overlap, no hole,
 * nothing behind the last one.
 */
export function parseHeader(json: Uint8Array, fileBytes: number, path: string): Header {
  const root = parseJson(json, path);
  const dataStart = lengthPrefixBytes + json.length;
  let metadata: Record<string, string> = {};
  const found: [string, TensorInfo][] = [];
  for (const [name, value] of Object.entries(root)) {
    if (name === metadataKey) metadata = parseMetadata(value, path);
    else found.push([name, parseTensor(name, value, dataStart, path)]);
  }
  checkLayout(found, dataStart, fileBytes, path);
  return { tensors: new Map(found), metadata };
}

function parseJson(json: Uint8Array, path: string): Record<string, unknown> {
  if (json[0] !== 0x7b) {
    throw new CheckpointError('invalid_header', path, 'the header does not begin with {');
  }
  let root: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
    root = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckpointError('invalid_header', path, `the header is not JSON in UTF-8: ${reason}`, {
      cause: error,
    });
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) {
    throw new CheckpointError('invalid_header', path, `the header names ${JSON.stringify(twice)} twice`);
  }
  if (!isObject(root)) throw new CheckpointError('invalid_header', path, 'the header is not a JSON object');
  return root;
}

function parseMetadata(value: unknown, path: string): Record<string, string> {
  const out: [string, string][] = [];
  if (!isObject(value)) throw new CheckpointError('invalid_header', path, `${metadataKey} is not an object`);
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== 'string') {
      throw new CheckpointError('invalid_header', path, `${metadataKey}.${key} is not a string`);
    }
    out.push([key, entry]);
  }
  return Object.fromEntries(out);
}

function parseTensor(name: string, value: unknown, dataStart: number, path: string): TensorInfo {
  const fail = (detail: string) =>
    new CheckpointError('invalid_tensor', path, `tensor ${JSON.stringify(name)} ${detail}`);
  if (!isObject(value)) throw fail('is not described by an object');
  const { dtype: code, shape, data_offsets: offsets, ...rest } = value;
  const extra = Object.keys(rest);
  if (extra.length > 0) throw fail(`has unknown properties: ${extra.join(', ')}`);
  if (typeof code !== 'string') throw fail('has no dtype');
  const dtype = dtypeFromCode(code);
  if (dtype === undefined) {
    throw new CheckpointError(
      'unsupported_dtype',
      path,
      `tensor ${JSON.stringify(name)} is of dtype ${code}`,
    );
  }
  if (!isSizes(shape)) throw fail(`has the shape ${show(shape)}, not a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw fail(`has the data_offsets ${show(offsets)}, not [begin, end]`);
  }
  const [begin = 0, end = 0] = offsets;
  const sizeBytes = shape.reduce((product, size) => product * size, dtypes[dtype].sizeBytes);
  if (!Number.isSafeInteger(sizeBytes) || end - begin !== sizeBytes) {
    throw fail(`spans ${end - begin} bytes, but ${code} [${shape.join(',')}] takes ${sizeBytes}`);
  }
  return { dtype, shape, offset: dataStart + begin, sizeBytes };
}

function checkLayout(
  found: [string, TensorInfo][],
  dataStart: number,
  fileBytes: number,
  path: string,
): void {
  const inOrder = found.toSorted(([, a], [, b]) => a.offset - b.offset || a.sizeBytes - b.sizeBytes);
  let end = dataStart;
  for (const [name, tensor] of inOrder) {
    if (tensor.offset !== end) {
      const what = tensor.offset < end ? 'overlaps the one before it' : 'leaves a hole before it';
      throw new CheckpointError(
        'invalid_tensor',
        path,
        `tensor ${JSON.stringify(name)} ${what} (begins at byte ${tensor.offset}, expected ${end})`,
      );
    }
    end += tensor.sizeBytes;
  }
  if (end > fileBytes) {
    throw new CheckpointError(
      'truncated',
      path,
      `the tensors need ${end} bytes, the file ends after ${fileBytes}; fetch it again`,
    );
  }
  if (end < fileBytes) {
    throw new CheckpointError('invalid_header', path, `${fileBytes - end} bytes follow the last tensor`);
  }
}

/** A value of the header, for a message; nesting without end must not end the program. */
function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing';
  } catch {
    return 'something nested too deeply';
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** What the writer knows of a tensor before its bytes are asked for. */
export interface TensorShape {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

export function tensorSizeBytes({ dtype, shape }: TensorShape): number {
  return shape.reduce((product, size) => product * size, dtypes[dtype].sizeBytes);
}

/** Tensor bytes begin at a multiple of this: a cache line, and more than any element needs. */
const alignmentBytes = 64;

/** The header for tensors that follow one another in this order; equal input gives equal bytes. */
export function encodeHeader(
  tensors: readonly TensorShape[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) {
    const sorted = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
    entries.push([metadataKey, Object.fromEntries(sorted)]);
  }
  let offset = 0;
  for (const tensor of tensors) {
    const end = offset + tensorSizeBytes(tensor);
    const { code } = dtypes[tensor.dtype];
    entries.push([tensor.name, { dtype: code, shape: tensor.shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // Joined by hand: an object would move names that look like numbers to the front.
  const body = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',');
  const json = new TextEncoder().encode(`{${body}}`);
  const padded = Math.ceil((lengthPrefixBytes + json.length) / alignmentBytes) * alignmentBytes;
  const out = new Uint8Array(padded).fill(0x20, lengthPrefixBytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(padded - lengthPrefixBytes), true);
  out.set(json, lengthPrefixBytes);
  return out;
}
