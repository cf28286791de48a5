/** Weights of a bundle as parameters of a graph: ONNX Runtime maps the bytes itself. */
import type { SafetensorsFile, DType as StoredDType } from '@x-llm/checkpoint';
import type { DType, ParameterSource } from '@x-llm/onnx';
import { EngineError } from './error.ts';

/** Element types that a weight may have; the names are the same on both sides. */
const weightTypes = ['float16', 'bfloat16', 'float32', 'float64'] as const satisfies (StoredDType & DType)[];

/**
 * Every tensor of a safetensors file by its name. Those of other types than float32 are cast in the graph. Throws
 * `invalid_bundle` for weights that are no floating-point numbers.
 */
export const parametersIn =
  (file: SafetensorsFile): ParameterSource =>
  (name) => {
    if (!file.tensors.has(name)) return undefined; // whoever needs it says so, with the place in the model
    const { dtype, shape, offset, sizeBytes } = file.info(name);
    const known = weightTypes.find((type) => type === dtype);
    if (!known) {
      throw new EngineError(
        'invalid_bundle',
        `${file.path}: weight "${name}" is ${dtype}, expected one of ${weightTypes.join(', ')}`,
      );
    }
    return { dtype: known, shape, data: { path: file.path, offset, sizeBytes } };
  };
