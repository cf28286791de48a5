/** What `torch.save` writes of a dictionary of float32 tensors, for tests: a zip archive with a pickle and the numbers. */
import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export interface TorchTensorSource {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

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
const strides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));

function tensor(key: number, { shape, data }: TorchTensorSource): Buffer {
  const storage = tuple([
    unicode('storage'),
    ascii('ctorch\nFloatStorage\n'),
    unicode(String(key)),
    unicode('cpu'),
    int32(data.length),
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

/** Entries one behind the other, uncompressed. */
function zip(entries: readonly (readonly [name: string, data: Buffer])[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of entries) {
    const fields = Buffer.alloc(26); // what both headers have, from the version on
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([ascii('PK\x03\x04'), fields, ascii(name), data]);
    directory.push(Buffer.concat([ascii('PK\x01\x02\x14\0'), fields, place, ascii(name)]));
    files.push(file);
    offset += file.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** Writes `tensors` by name, as `torch.save(state_dict, path)` does. */
export async function writeTorch(
  path: string,
  tensors: Readonly<Record<string, TorchTensorSource>>,
): Promise<void> {
  const all = Object.entries(tensors);
  const items = all.map(([name, one], key) => Buffer.concat([unicode(name), tensor(key, one)]));
  const pickle = Buffer.concat([ascii('\x80\x02}('), ...items, ascii('u.')]);
  const numbers = all.map(([, { data }], key): [string, Buffer] => [
    `archive/data/${key}`,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  ]);
  await writeFile(path, zip([['archive/data.pkl', pickle], ['archive/version', ascii('3\n')], ...numbers]));
}
