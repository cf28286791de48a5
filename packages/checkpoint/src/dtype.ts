/** Every array a tensor's elements can be held in. */
export type TensorData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float16Array
  | Float32Array
  | Float64Array;

interface DTypeInfo {
  /** The name in a safetensors header. */
  readonly code: string;
  readonly sizeBytes: number;
  readonly wrap: (buffer: ArrayBuffer) => TensorData;
}

const bytes = (buffer: ArrayBuffer) => new Uint8Array(buffer);

/**
 * Element types, by the names the whole project uses. JavaScript has no array of bfloat16 or float8:
 * their bits come as Uint16Array and Uint8Array (`toFloat32` widens bfloat16).
 */
export const dtypes = {
  bool: { code: 'BOOL', sizeBytes: 1, wrap: bytes },
  uint8: { code: 'U8', sizeBytes: 1, wrap: bytes },
  int8: { code: 'I8', sizeBytes: 1, wrap: (b) => new Int8Array(b) },
  float8e4m3fn: { code: 'F8_E4M3', sizeBytes: 1, wrap: bytes },
  float8e5m2: { code: 'F8_E5M2', sizeBytes: 1, wrap: bytes },
  uint16: { code: 'U16', sizeBytes: 2, wrap: (b) => new Uint16Array(b) },
  int16: { code: 'I16', sizeBytes: 2, wrap: (b) => new Int16Array(b) },
  float16: { code: 'F16', sizeBytes: 2, wrap: (b) => new Float16Array(b) },
  bfloat16: { code: 'BF16', sizeBytes: 2, wrap: (b) => new Uint16Array(b) },
  uint32: { code: 'U32', sizeBytes: 4, wrap: (b) => new Uint32Array(b) },
  int32: { code: 'I32', sizeBytes: 4, wrap: (b) => new Int32Array(b) },
  float32: { code: 'F32', sizeBytes: 4, wrap: (b) => new Float32Array(b) },
  uint64: { code: 'U64', sizeBytes: 8, wrap: (b) => new BigUint64Array(b) },
  int64: { code: 'I64', sizeBytes: 8, wrap: (b) => new BigInt64Array(b) },
  float64: { code: 'F64', sizeBytes: 8, wrap: (b) => new Float64Array(b) },
} as const satisfies Record<string, DTypeInfo>;

export type DType = keyof typeof dtypes;

export const dtypeNames = Object.keys(dtypes) as DType[];

const byCode = new Map<string, DType>(dtypeNames.map((name) => [dtypes[name].code, name]));

/** The dtype a safetensors header calls `code`, or undefined where there is none of that name. */
export function dtypeFromCode(code: string): DType | undefined {
  return byCode.get(code);
}

/** The array class that `read` gives for a dtype, for checking what a caller wants to write. */
export function arrayMatches(dtype: DType, data: TensorData): boolean {
  return dtypes[dtype].wrap(new ArrayBuffer(0)).constructor === data.constructor;
}

/** Bit patterns of bfloat16 (the upper half of a float32) as float32; exact. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const widened = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) widened[i] = (bits[i] as number) << 16;
  return new Float32Array(widened.buffer);
}

/** float32 as bit patterns of bfloat16, rounded to nearest even; NaN stays NaN. */
export function float32ToBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const word = bits[i] ?? 0;
    const isNaN32 = (word & 0x7fffffff) > 0x7f800000;
    out[i] = isNaN32 ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return out;
}

/** Floating-point elements as float32 (a copy unless they already are); undefined for other dtypes. */
export function toFloat32(dtype: DType, data: TensorData): Float32Array | undefined {
  if (dtype === 'float32' && data instanceof Float32Array) return data;
  if (dtype === 'bfloat16' && data instanceof Uint16Array) return bfloat16ToFloat32(data);
  const isCopied =
    (dtype === 'float16' && data instanceof Float16Array) ||
    (dtype === 'float64' && data instanceof Float64Array);
  return isCopied ? Float32Array.from(data) : undefined;
}

/** Of floating-point dtypes, the bits that are all set in what is infinite or no number. */
const exponentBits: { readonly [Name in DType]?: number } = {
  float16: 0x7c00,
  bfloat16: 0x7f80,
  float32: 0x7f80_0000,
};

/** Whether all numbers of a tensor are finite; looks at float16, bfloat16, float32 and float64, and takes others for finite. */
export function isFiniteData(dtype: DType, data: TensorData): boolean {
  if (dtype === 'float64') return (data as Float64Array).every((value) => Number.isFinite(value));
  const exponent = exponentBits[dtype];
  if (exponent === undefined) return true;
  const { buffer, byteOffset, length } = data;
  const bits =
    dtypes[dtype].sizeBytes === 2
      ? new Uint16Array(buffer, byteOffset, length)
      : new Uint32Array(buffer, byteOffset, length);
  // A plain loop: every weight of a model comes by.
  for (let at = 0; at < length; at++) if (((bits[at] as number) & exponent) === exponent) return false;
  return true;
}
