/** Graph builder, operators and reverse-mode gradients over ONNX; see README.md. */
export {
  addDims,
  type Dim,
  floorDim,
  formatShape,
  multiplyDims,
  type Shape,
  sizeOf,
  subtractDims,
} from './dim.ts';
export { type DType, dtypeSizeBytes, isFloat, type TypedArray } from './dtype.ts';
export { gradients } from './gradients.ts';
export { type ExternalLocation, Graph, GraphError, type Node, type Tensor } from './graph.ts';
export { type OpType, opTypes } from './op-types.ts';
export * from './ops/index.ts';
export {
  type ParameterSource,
  Parameters,
  type ParameterUse,
  type StoredMatrix,
  type StoredTensor,
} from './parameters.ts';
export { toModel } from './serialize.ts';
