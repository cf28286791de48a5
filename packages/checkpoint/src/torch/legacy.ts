/** What `torch.save` wrote before PyTorch 1.6: pickles one after the other, then the storages. */
import type { Descriptor } from '../descriptor.ts';
import { dtypes } from '../dtype.ts';
import { CheckpointError } from '../error.ts';
import type { TorchContents } from './contents.ts';
import { PickleInput } from './pickle-input.ts';
import { unpickle } from './unpickle.ts';

const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

export function readLegacy(file: Descriptor): TorchContents {
  const { path, sizeBytes } = file;
  const input = new PickleInput(file, 0, sizeBytes);
  const fail = (detail: string) => new CheckpointError('invalid_pickle', path, detail);
  if (unpickle(input).value !== magic || unpickle(input).value !== protocol)
    throw fail('a pickle, but not one of a file that torch.save wrote');
  const system = unpickle(input).value;
  if (!(system instanceof Map && system.get('little_endian') === true))
    throw fail('the numbers are not little-endian');
  const { value, storages } = unpickle(input);
  const keys = unpickle(input).value;
  if (!Array.isArray(keys)) throw fail('the storages are not listed');

  const dtypeOf = new Map(storages.map(({ key, dtype }) => [key, dtype]));
  const places = new Map<string, { offset: number; count: number }>();
  let { offset } = input;
  for (const key of keys) {
    const dtype = typeof key === 'string' ? dtypeOf.get(key) : undefined;
    if (typeof key !== 'string' || !dtype) throw fail('a storage is listed that no tensor has');
    const count = Number(new DataView(file.read(offset, 8)).getBigInt64(0, true));
    const end = offset + 8 + count * dtypes[dtype].sizeBytes;
    if (!(count >= 0 && end <= sizeBytes)) {
      const detail = `the storage ${key} ends at byte ${end}, the file at ${sizeBytes}; fetch it again`;
      throw new CheckpointError('truncated', path, detail);
    }
    places.set(key, { offset: offset + 8, count });
    offset = end;
  }
  return {
    value,
    offsetOf({ key, dtype, count }) {
      const place = places.get(key);
      if (!place || dtypeOf.get(key) !== dtype)
        throw fail(`the storage ${JSON.stringify(key)} is not in the file`);
      if (place.count < count)
        throw fail(`the storage ${key} is said to have ${count} elements and has ${place.count}`);
      return place.offset;
    },
  };
}
