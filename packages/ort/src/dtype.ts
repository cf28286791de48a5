/** Element types: their number in the C API, their typed array, their width. */

/** Element types with the number `ONNXTensorElementDataType` gives them (equal to ONNX's TensorProto.DataType). */
const table = {
  float32: { code: 1, array: Float32Array },
  uint8: { code: 2, array: Uint8Array },
  int8: { code: 3, array: Int8Array },
  uint16: { code: 4, array: Uint16Array },
  int16: { code: 5, array: Int16Array },
  int32: { code: 6, array: Int32Array },
  int64: { code: 7, array: BigInt64Array },
  /** One byte an element, 0 or 1. */
  bool: { code: 9, array: Uint8Array },
  float16: { code: 10, array: Float16Array },
  float64: { code: 11, array: Float64Array },
  uint32: { code: 12, array: Uint32Array },
  uint64: { code: 13, array: BigUint64Array },
  /** The upper half of a float32, as bits: JavaScript has no bfloat16 array. */
  bfloat16: { code: 16, array: Uint16Array },
} as const;

export type DType = keyof typeof table;
export type TypedArrayOf<D extends DType> = InstanceType<(typeof table)[D]['array']>;
export type TypedArray = TypedArrayOf<DType>;

type ArrayType = {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (length: number): TypedArray;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): TypedArray;
};

export const dtypes = Object.keys(table) as DType[];

const byCode = new Map<number, DType>(dtypes.map((dtype) => [table[dtype].code, dtype]));

export function codeOf(dtype: DType): number {
  return table[dtype].code;
}

/** The element type with this number, or undefined for the ones that have no typed array (strings, int4, float8). */
export function dtypeOf(code: number): DType | undefined {
  return byCode.get(code);
}

export function arrayTypeOf(dtype: DType): ArrayType {
  return table[dtype].array;
}

export function isDType(value: unknown): value is DType {
  return typeof value === 'string' && Object.hasOwn(table, value);
}
