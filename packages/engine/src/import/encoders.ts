/** Frozen encoders in few bits: which of their tensors are matrices, and what is written in place of them. */
import {
  CheckpointError,
  type PartsManifest,
  type Quantization,
  type TensorData,
  type TensorSource,
} from '@x-llm/checkpoint';
import { encoders, makePart, speechEncoders } from '../architectures/index.ts';
import type { Matrix, Quantizer } from './quantize.ts';
import { matricesOf } from './shapes.ts';
import type { CheckpointTensor } from './tensors.ts';

export type Files = Readonly<Record<string, { readonly tensors: readonly CheckpointTensor[] }>>;

type Interfaces = PartsManifest['interfaces'];

/** Of encoders, unless another is asked for, where the language model's matrices are quantised: see decision 20. */
export const encoderBits = 8 as const;

/**
 * What the encoders of some interfaces only multiply by, by the files that have it. X2L interfaces and adapters are not among
 * it: they learn.
 */
export function encoderMatrices({ image, speech }: Interfaces): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (file: string, names: Iterable<string>) => {
    const known = found.get(file) ?? new Set();
    found.set(file, known);
    for (const name of names) known.add(name);
  };
  if (image) {
    const encoder = makePart(encoders, image.encoder, 'interfaces.image.encoder');
    const names = matricesOf((graph, parameters) =>
      encoder.build(parameters, graph.input('pixels', 'float32', ['B', ...encoder.inputShape])),
    );
    add(image.encoder.weights, names);
  }
  if (speech) {
    const encoder = makePart(speechEncoders, speech.encoder, 'interfaces.speech.encoder');
    const names = matricesOf((graph, parameters) => {
      const features = graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]);
      return encoder.build(parameters, features, graph.input('lengths', 'int64', ['B']));
    });
    add(speech.encoder.weights, names);
  }
  return found;
}

/**
 * The same tensors, those of `matrices` in few bits, if they have at least a block of rows and of columns; smaller ones would
 * gain nothing. `path` is where they come from, for messages.
 *
 * @throws CheckpointError `invalid_config` where none is quantised: they are already, or all are too small.
 */
export function quantizeMatrices(
  tensors: readonly CheckpointTensor[],
  matrices: ReadonlySet<string>,
  quantization: Quantization,
  { quantizer, path }: { readonly quantizer: Quantizer; readonly path: string },
): TensorSource[] {
  let count = 0;
  const made = tensors.flatMap((tensor) => {
    const matrix = matrices.has(tensor.name) ? matrixOf(tensor, path) : undefined;
    if (!matrix || !hasBlock(tensor, quantization)) return [tensor];
    count++;
    return quantizer.sources(matrix, quantization);
  });
  if (count > 0) return made;
  const already = tensors.some(({ name }) => /\.q[48]$/.test(name));
  throw new CheckpointError(
    'invalid_config',
    path,
    already
      ? 'the encoder is quantised already; its numbers are not what they were, so take the checkpoint that it was made of'
      : `the encoder has no matrix of ${quantization.blockSize} rows and columns or more, which is the block size: leave it as it is`,
  );
}

const hasBlock = ({ shape }: TensorSource, { blockSize }: Quantization): boolean =>
  Math.min(...shape) >= blockSize;

/** Whether `quantizeEncoders` finds anything to quantise. */
export function areEncodersLarge(files: Files, interfaces: Interfaces, quantization: Quantization): boolean {
  const matrices = encoderMatrices(interfaces);
  return Object.entries(files).some(([file, { tensors }]) =>
    tensors.some((tensor) => matrices.get(file)?.has(tensor.name) && hasBlock(tensor, quantization)),
  );
}

/** The files of some interfaces, with the matrices of the encoders in few bits. Throws as `quantizeMatrices` does. */
export function quantizeEncoders(
  files: Files,
  interfaces: Interfaces,
  quantization: Quantization,
  from: { readonly quantizer: Quantizer; readonly path: string },
): Files {
  const matrices = encoderMatrices(interfaces);
  const all = Object.entries(files).map(([file, { tensors }]) => {
    const own = matrices.get(file);
    return [file, { tensors: own ? quantizeMatrices(tensors, own, quantization, from) : tensors }] as const;
  });
  return Object.fromEntries(all);
}

/** A sentence for a manifest's summary. */
export const encoderNote = ({ bits, blockSize }: Quantization): string =>
  `Matrices of the encoder are in ${bits} bits, blocks of ${blockSize}.`;

/**
 * A matrix to quantise; undefined for what is none. It is read by rows, or whole when its turn comes where they cannot be read alone.
 * `path` is where it comes from, unless it says so itself.
 */
export function matrixOf(
  { name, dtype, shape, data, open, from }: CheckpointTensor,
  path: string,
): Matrix | undefined {
  const [rows, columns, ...more] = shape;
  if (rows === undefined || columns === undefined || more.length > 0) return undefined;
  return {
    name,
    from: from ?? { path, name },
    dtype,
    rows,
    columns,
    async open() {
      if (open) return open();
      const all: TensorData = await (typeof data === 'function' ? data() : data);
      return (first, last) => all.slice(first * columns, last * columns);
    },
  };
}
