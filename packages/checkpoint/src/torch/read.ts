import { Descriptor } from '../descriptor.ts';
import { dtypes } from '../dtype.ts';
import { CheckpointError } from '../error.ts';
import { isInARow } from '../strides.ts';
import { type OpenOptions, TensorFile, type TensorInfo } from '../tensor-file.ts';
import type { TorchContents } from './contents.ts';
import { readLegacy } from './legacy.ts';
import { TorchTensor, type TorchValue } from './values.ts';
import { readZip } from './zip.ts';

/** An open file of `torch.save`; tensors by their dotted paths: `model.layers.0.weight`. */
export class TorchFile extends TensorFile {
  /** The object that was saved, as plain data: what stands beside the tensors. */
  readonly value: TorchValue;

  constructor(file: Descriptor, { value, offsetOf }: TorchContents, options: OpenOptions) {
    const tensors = [...tensorsOf(value, file.path)].map(([name, tensor]): [string, TensorInfo] => {
      const { storage, offset, shape, strides } = tensor;
      const { dtype } = storage;
      const { sizeBytes } = dtypes[dtype];
      const count = shape.reduce((product, size) => product * size, sizeBytes);
      const at = offsetOf(storage) + offset * sizeBytes;
      return [
        name,
        { dtype, shape, offset: at, sizeBytes: count, ...(isInARow(shape, strides) ? {} : { strides }) },
      ];
    });
    super(file, new Map(tensors), options);
    this.value = value;
  }
}

/**
 * Opens a `.bin`, `.pt` or `.pth` of PyTorch, zip or older. Its pickle is read by a machine that knows how tensors are put
 * together and nothing else: a file that asks for anything more is refused, and nothing of it is run.
 *
 * @example using file = await openTorch('pytorch_model.bin'); file.readFloat32('lm_head.weight');
 */
export async function openTorch(path: string, options: OpenOptions = {}): Promise<TorchFile> {
  const file = new Descriptor(path);
  try {
    const contents = await readerOf(file)(file);
    return new TorchFile(file, contents, options);
  } catch (error) {
    file.close();
    throw error;
  }
}

function readerOf(file: Descriptor): (file: Descriptor) => TorchContents | Promise<TorchContents> {
  if (file.sizeBytes === 0)
    throw new CheckpointError('truncated', file.path, 'the file is empty; fetch it again');
  const start = Buffer.from(file.read(0, Math.min(12, file.sizeBytes))).toString('latin1');
  if (start.startsWith('PK')) return readZip;
  if (start.startsWith('\x80')) return readLegacy;
  const detail = start.startsWith('version http')
    ? 'a Git LFS pointer in place of the file; fetch the file itself (git lfs pull)'
    : 'neither a zip archive nor a pickle, so not of torch.save';
  throw new CheckpointError('invalid_archive', file.path, detail);
}

/** A pickle can refer to the same dictionary again and again: what a few bytes can make of that has to end somewhere. */
const limits = { depth: 64, values: 2_000_000 } as const;

function* tensorsOf(root: TorchValue, path: string): Generator<[string, TorchTensor]> {
  let seen = 0;
  function* walk(value: TorchValue, name: string, depth: number): Generator<[string, TorchTensor]> {
    if (++seen > limits.values || depth > limits.depth) {
      const detail = `more than ${limits.values} values, or nested deeper than ${limits.depth}`;
      throw new CheckpointError('invalid_pickle', path, detail);
    }
    if (value instanceof TorchTensor) yield [name, value];
    const children = Array.isArray(value) || value instanceof Map ? value.entries() : [];
    for (const [key, child] of children) {
      yield* walk(child, depth === 0 ? String(key) : `${name}.${String(key)}`, depth + 1);
    }
  }
  yield* walk(root, '', 0);
}
