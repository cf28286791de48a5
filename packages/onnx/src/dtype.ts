/** Element types of ONNX tensors, by the name their TypedArray carries; codes are `TensorProto.DataType`'s. */
export const dtypeCodes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
  uint4: 21,
} as const;

export type DType = keyof typeof dtypeCodes;

/** Bytes one element takes. */
export const dtypeSizeBytes: Record<DType, number> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  float64: 8,
  bfloat16: 2,
  uint4: 0.5,
};

/**
 * The TypedArray that holds values of each type; bool is one byte a value, bfloat16 its raw bits, uint4 two values a byte
 * with the first in the lower half.
 */
export interface DTypeArrays {
  float32: Float32Array;
  uint8: Uint8Array;
  int8: Int8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  bool: Uint8Array;
  float16: Float16Array;
  float64: Float64Array;
  bfloat16: Uint16Array;
  uint4: Uint8Array;
}

export type TypedArray = DTypeArrays[DType];

const floats: readonly DType[] = ['float16', 'bfloat16', 'float32', 'float64'];

/** Whether gradients can flow through values of this type. */
export const isFloat = (dtype: DType): boolean => floats.includes(dtype);

/** Packs plain numbers into the array of a type. */
export function pack(dtype: DType, values: readonly number[]): TypedArray {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(values);
    case 'float64':
      return Float64Array.from(values);
    case 'float16':
      return Float16Array.from(values);
    case 'int64':
      return BigInt64Array.from(values, (value) => BigInt(value));
    case 'int32':
      return Int32Array.from(values);
    case 'int8':
      return Int8Array.from(values);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
    case 'uint4':
      return Uint8Array.from(
        { length: Math.ceil(values.length / 2) },
        (_, at) => (values[2 * at] ?? 0) | ((values[2 * at + 1] ?? 0) << 4),
      );
    case 'bfloat16': {
      const bits = new Uint32Array(Float32Array.from(values).buffer);
      return Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16);
    }
  }
}
