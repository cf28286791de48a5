/** Weights of a bundle as parameters of a graph: ONNX Runtime maps the bytes itself. */
import {
  type Bundle,
  dtypes,
  quantizedBits,
  type SafetensorsFile,
  type DType as StoredDType,
  type TensorFile,
  type Weights,
} from '@x-llm/checkpoint';
import type { DType, ParameterSource, StoredMatrix, StoredTensor } from '@x-llm/onnx';
import { EngineError } from './error.ts';

/** The weights in the file that components call by this name. */
export type WeightsOf = (file: string) => ParameterSource;

/** Element types that a weight may have; the names are the same on both sides. */
export const weightTypes = ['float16', 'bfloat16', 'float32', 'float64'] as const satisfies (StoredDType &
  DType)[];

/**
 * Every tensor of a safetensors file by its name. Those of other types than float32 are cast in the graph; matrices may be
 * quantised, `NAME.q4` or `NAME.q8` with `NAME.scales` in place of `NAME`. Throws `invalid_bundle` for weights that are no
 * floating-point numbers.
 */
export const parametersIn =
  (file: SafetensorsFile): ParameterSource =>
  (name, _, use) => {
    if (file.tensors.has(name)) return stored(file, name, weightTypes);
    // Whoever needs a weight that is not there says so, with the place in the model.
    return use === 'matrix' ? quantized(file, name) : undefined;
  };

export const weightsIn =
  (bundle: Pick<Bundle, 'weights'>): WeightsOf =>
  (file) =>
    parametersIn(bundle.weights(file));

/**
 * Every tensor of a checkpoint by its own name, as `parametersIn`. Views with strides and what does not lie at a multiple of
 * its elements' size is read, the rest mapped.
 */
export const parametersOf =
  (weights: Weights): ParameterSource =>
  (name) => {
    if (!weights.tensors.has(name)) return undefined;
    const file = weights.fileOf(name);
    const { dtype, shape, offset, strides } = file.info(name);
    if (!strides && offset % dtypes[dtype].sizeBytes === 0) return stored(file, name, weightTypes);
    return { dtype: 'float32', shape, data: file.readFloat32(name) };
  };

function quantized(file: SafetensorsFile, name: string): StoredMatrix | undefined {
  const bits = quantizedBits.find((one) => file.tensors.has(`${name}.q${one}`));
  if (bits === undefined) return undefined;
  const packed = stored(file, `${name}.q${bits}`, ['uint8']);
  const scales = stored(file, `${name}.scales`, weightTypes);
  return { bits, blockSize: ((packed.shape.at(-1) ?? 0) * 8) / bits, packed, scales };
}

function stored(file: TensorFile, name: string, types: readonly (StoredDType & DType)[]): StoredTensor {
  const { dtype, shape, offset, sizeBytes } = file.info(name);
  const known = types.find((type) => type === dtype);
  if (!known) {
    throw new EngineError(
      'invalid_bundle',
      `${file.path}: weight "${name}" is ${dtype}, expected one of ${types.join(', ')}`,
    );
  }
  return { dtype: known, shape, data: { path: file.path, offset, sizeBytes } };
}
