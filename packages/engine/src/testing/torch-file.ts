/**
 * What `torch.save` writes of a dictionary of tensors, for tests and measurements: a zip archive with a pickle and the
 * numbers, of which one tensor is in memory at a time.
 */
import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type DType, dtypes, type TensorSource } from '@x-llm/checkpoint';

export interface TorchOptions {
  /** The key that the tensors' dictionary stands under in another one: `model`, as training saves it. */
  readonly under?: string | undefined;
  /** With `under`: what the other one has, too, as the state of an optimiser. */
  readonly beside?: Iterable<TensorSource> | undefined;
}

/** PyTorch's names of what numbers lie in. */
const storages: { readonly [Name in DType]?: string } = {
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  float32: 'FloatStorage',
  int64: 'LongStorage',
};

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const int32 = (value: number): Buffer => {
  const bytes = Buffer.from('J\0\0\0\0', 'latin1');
  bytes.writeInt32LE(value, 1);
  return bytes;
};
const unicode = (text: string): Buffer => {
  const encoded = Buffer.from(text);
  const head = Buffer.from('X\0\0\0\0', 'latin1');
  head.writeUInt32LE(encoded.length, 1);
  return Buffer.concat([head, encoded]);
};
const tuple = (items: readonly Buffer[]): Buffer => Buffer.concat([ascii('('), ...items, ascii('t')]);
const dictionary = (items: readonly (readonly [key: string, value: Buffer])[]): Buffer =>
  Buffer.concat([ascii('}('), ...items.flatMap(([key, value]) => [unicode(key), value]), ascii('u')]);
const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const strides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => countOf(shape.slice(axis + 1)));
const sizeOf = ({ dtype, shape }: TensorSource): number => countOf(shape) * dtypes[dtype].sizeBytes;

function tensor({ name, dtype, shape }: TensorSource, key: number): Buffer {
  const storageType = storages[dtype];
  if (storageType === undefined) throw new TypeError(`${name} is ${dtype}, which is not written here`);
  const storage = tuple([
    unicode('storage'),
    ascii(`ctorch\n${storageType}\n`),
    unicode(String(key)),
    unicode('cpu'),
    int32(countOf(shape)),
  ]);
  const hooks = ascii('ccollections\nOrderedDict\n)R');
  const parts = [
    Buffer.concat([storage, ascii('Q')]),
    int32(0),
    tuple(shape.map(int32)),
    tuple(strides(shape).map(int32)),
    ascii('\x89'), // requires no gradient
    hooks,
  ];
  return Buffer.concat([ascii('ctorch._utils\n_rebuild_tensor_v2\n'), tuple(parts), ascii('R')]);
}

interface Entry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly data: () => Promise<Uint8Array>;
}

/** PyTorch begins every entry's data at a multiple of this, so that it can be mapped. */
const alignment = 64;
/** Of a tensor beside its data, at most: two headers of its entry, what aligns it, and its part of the pickle. */
const overheadBytes = 1024;
/** Offsets have 32 bits where an archive is no ZIP64. */
const maxArchiveBytes = 2 ** 32 - 1;

/** Entries one behind the other, uncompressed. */
async function* zip(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, sizeBytes, data } of entries) {
    const bytes = await data();
    if (bytes.length !== sizeBytes)
      throw new TypeError(`${name} has ${bytes.length} bytes in place of ${sizeBytes}`);
    const fields = Buffer.alloc(26); // what both headers have, from the version on
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([ascii('PK\x01\x02\x14\0'), fields, place, ascii(name)]));
    const padding = paddingAt(offset + 30 + name.length);
    fields.writeUInt16LE(padding.length, 24);
    yield Buffer.concat([ascii('PK\x03\x04'), fields, ascii(name), padding]);
    yield bytes;
    offset += 30 + name.length + padding.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([...directory, end]);
}

/** An extra field that makes data behind `offset` aligned, by PyTorch's own name for it. */
function paddingAt(offset: number): Buffer {
  const padding = Buffer.alloc(4 + ((alignment - ((offset + 4) % alignment)) % alignment), 'Z');
  padding.write('FB', 'latin1');
  padding.writeUInt16LE(padding.length - 4, 2);
  return padding;
}

/**
 * Writes tensors as `torch.save(state_dict, path)` does: of float16, bfloat16, float32 and int64, in less than 4 GiB.
 *
 * @throws RangeError for more than that, before anything is written; TypeError for other numbers.
 * @example await writeTorch('pytorch_model.bin', [{ name: 'w', dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]);
 */
export async function writeTorch(
  path: string,
  tensors: Iterable<TensorSource>,
  { under, beside = [] }: TorchOptions = {},
): Promise<void> {
  const inside = [...tensors];
  const all = [...inside, ...(under === undefined ? [] : beside)];
  const size = all.reduce((sum, one) => sum + sizeOf(one) + one.name.length + overheadBytes, overheadBytes);
  if (size > maxArchiveBytes) {
    const limit = 'an archive is written in less than 4 GiB here: give it shards';
    throw new RangeError(`${path}: ${all.length} tensors of ${size} bytes, but ${limit}`);
  }
  const items = all.map((one, key): [string, Buffer] => [one.name, tensor(one, key)]);
  const state = dictionary(items.slice(0, inside.length));
  const saved = under === undefined ? state : dictionary([[under, state], ...items.slice(inside.length)]);
  const fixed = (name: string, bytes: Buffer): Entry => ({
    name,
    sizeBytes: bytes.length,
    data: async () => bytes,
  });
  const entries = [
    fixed('archive/data.pkl', Buffer.concat([ascii('\x80\x02'), saved, ascii('.')])),
    fixed('archive/byteorder', ascii('little')),
    fixed('archive/version', ascii('3\n')),
    ...all.map((one, key): Entry => {
      const data = async () => {
        const { buffer, byteOffset, byteLength } =
          typeof one.data === 'function' ? await one.data() : one.data;
        return new Uint8Array(buffer, byteOffset, byteLength);
      };
      return { name: `archive/data/${key}`, sizeBytes: sizeOf(one), data };
    }),
  ];
  await writeFile(path, zip(entries));
}
