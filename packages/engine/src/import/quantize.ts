/** A checkpoint's matrices in few bits, a slab of rows at a time. */
import {
  blockScales,
  packBlocks,
  type Quantization,
  quantizedShapes,
  relativeError,
  type TensorSource,
  toFloat32,
  unpackBlocks,
  type Weights,
} from '@x-llm/checkpoint';

/** Numbers that are widened to float32 at a time. */
const slabSize = 1 << 23;

export interface QuantizationError {
  readonly name: string;
  readonly bits: Quantization['bits'];
  /** √(Σ(quantised − weight)² / Σ weight²). */
  readonly relative: number;
}

/**
 * The two tensors that stand for the matrix `name`. Scales are written first, being of larger elements; they stay in memory
 * until the numbers are packed with them.
 */
export function quantizedSources(
  weights: Weights,
  name: string,
  quantization: Quantization,
  told: {
    readonly onRead: (sizeBytes: number) => void;
    readonly onError: (error: QuantizationError) => void;
  },
): TensorSource[] {
  const { shape, sizeBytes } = weights.fileOf(name).info(name);
  const [rows = 1, columns = 1] = shape;
  const shapes = quantizedShapes(rows, columns, quantization);
  const blocks = shapes.scales[1];
  let scales: Float32Array<ArrayBuffer> | undefined;
  const findScales = (): Float32Array<ArrayBuffer> => {
    const found = new Float32Array(rows * blocks);
    for (const { from, values } of slabs(weights, name, rows, columns))
      found.set(blockScales(values, columns, quantization), from * blocks);
    return found;
  };
  return [
    {
      name: `${name}.scales`,
      dtype: 'float32',
      shape: shapes.scales,
      data() {
        told.onRead(sizeBytes / 2);
        scales = findScales();
        return scales;
      },
    },
    {
      name: `${name}.q${quantization.bits}`,
      dtype: 'uint8',
      shape: shapes.packed,
      data() {
        told.onRead(sizeBytes / 2);
        const own = scales ?? findScales();
        scales = undefined;
        const packed = new Uint8Array(shapes.packed.reduce((a, b) => a * b));
        const rowBytes = packed.length / rows;
        let squares = 0;
        let slabCount = 0;
        for (const { from, to, values } of slabs(weights, name, rows, columns)) {
          const part = own.subarray(from * blocks, to * blocks);
          const bytes = packBlocks(values, columns, part, quantization);
          packed.set(bytes, from * rowBytes);
          // Of the first rows of each slab: to unpack all takes as long as to pack them.
          const sample = Math.min(to - from, 64);
          const back = unpackBlocks(
            bytes.subarray(0, sample * rowBytes),
            part.subarray(0, sample * blocks),
            columns,
            quantization,
          );
          squares += relativeError(back, values.subarray(0, sample * columns)) ** 2;
          slabCount++;
        }
        told.onError({ name, bits: quantization.bits, relative: Math.sqrt(squares / slabCount) });
        return packed;
      },
    },
  ];
}

function* slabs(weights: Weights, name: string, rows: number, columns: number) {
  const file = weights.fileOf(name);
  const { dtype } = file.info(name);
  const height = Math.max(1, Math.floor(slabSize / columns));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    const values = toFloat32(dtype, file.readRows(name, from, to));
    if (!values) throw new TypeError(`${name} is ${dtype}`); // checked before
    yield { from, to, values };
  }
}
