/**
 * ONNX Runtime's C API as typed functions.
 *
 * `OrtGetApiBase()->GetApi(version)` returns a table of function pointers. Functions are only ever appended to it,
 * so a position, once published, holds for every later version. The positions below are those of `struct OrtApi` in
 * include/onnxruntime/core/session/onnxruntime_c_api.h (API version 24), counted by a script over the macros of the
 * struct and equal to those of the Rust crate ort-sys.
 */
import koffi, { type LibraryHandle } from 'koffi';
import { openLibrary } from './library.ts';
import { OrtError } from './status.ts';

/** Newest API version that all functions below are in; every ONNX Runtime from 1.22 on offers it. */
const apiVersion = 22;

/** A place in native memory, given as an address or as the typed array that holds the bytes. */
export type Pointer = bigint | ArrayBufferView | null;

/** C types of the signatures, as koffi names them; `path` is ORTCHAR_T*, which is wide on Windows. */
interface CTypes {
  void: undefined;
  ptr: Pointer;
  status: bigint | null;
  str: string;
  path: string;
  int: number;
  size: number;
  int64: number | bigint;
  bool: boolean;
}
type CType = keyof CTypes;
type Entry = readonly [index: number, result: CType, parameters: readonly CType[]];

const table = {
  GetErrorCode: [1, 'int', ['ptr']],
  GetErrorMessage: [2, 'str', ['ptr']],
  CreateSessionFromArray: [8, 'status', ['ptr', 'ptr', 'size', 'ptr', 'ptr']],
  Run: [9, 'status', ['ptr', 'ptr', 'ptr', 'ptr', 'size', 'ptr', 'size', 'ptr']],
  CreateSessionOptions: [10, 'status', ['ptr']],
  SetOptimizedModelFilePath: [11, 'status', ['ptr', 'path']],
  SetSessionGraphOptimizationLevel: [23, 'status', ['ptr', 'int']],
  SetIntraOpNumThreads: [24, 'status', ['ptr', 'int']],
  SessionGetInputCount: [30, 'status', ['ptr', 'ptr']],
  SessionGetOutputCount: [31, 'status', ['ptr', 'ptr']],
  SessionGetInputTypeInfo: [33, 'status', ['ptr', 'size', 'ptr']],
  SessionGetOutputTypeInfo: [34, 'status', ['ptr', 'size', 'ptr']],
  SessionGetInputName: [36, 'status', ['ptr', 'size', 'ptr', 'ptr']],
  SessionGetOutputName: [37, 'status', ['ptr', 'size', 'ptr', 'ptr']],
  CreateRunOptions: [39, 'status', ['ptr']],
  RunOptionsSetTerminate: [46, 'status', ['ptr']],
  RunOptionsUnsetTerminate: [47, 'status', ['ptr']],
  CreateTensorWithDataAsOrtValue: [49, 'status', ['ptr', 'ptr', 'size', 'ptr', 'size', 'int', 'ptr']],
  GetTensorMutableData: [51, 'status', ['ptr', 'ptr']],
  CastTypeInfoToTensorInfo: [55, 'status', ['ptr', 'ptr']],
  GetTensorElementType: [60, 'status', ['ptr', 'ptr']],
  GetDimensionsCount: [61, 'status', ['ptr', 'ptr']],
  GetDimensions: [62, 'status', ['ptr', 'ptr', 'size']],
  GetSymbolicDimensions: [63, 'status', ['ptr', 'ptr', 'size']],
  GetTensorTypeAndShape: [65, 'status', ['ptr', 'ptr']],
  CreateCpuMemoryInfo: [69, 'status', ['int', 'int', 'ptr']],
  AllocatorFree: [76, 'status', ['ptr', 'ptr']],
  GetAllocatorWithDefaultOptions: [78, 'status', ['ptr']],
  ReleaseEnv: [92, 'void', ['ptr']],
  ReleaseStatus: [93, 'void', ['ptr']],
  ReleaseSession: [95, 'void', ['ptr']],
  ReleaseValue: [96, 'void', ['ptr']],
  ReleaseRunOptions: [97, 'void', ['ptr']],
  ReleaseTypeInfo: [98, 'void', ['ptr']],
  ReleaseTensorTypeAndShapeInfo: [99, 'void', ['ptr']],
  ReleaseSessionOptions: [100, 'void', ['ptr']],
  CreateEnvWithGlobalThreadPools: [119, 'status', ['int', 'str', 'ptr', 'ptr']],
  DisablePerSessionThreads: [120, 'status', ['ptr']],
  CreateThreadingOptions: [121, 'status', ['ptr']],
  ReleaseThreadingOptions: [122, 'void', ['ptr']],
  AddFreeDimensionOverrideByName: [124, 'status', ['ptr', 'str', 'int64']],
  GetAvailableProviders: [125, 'status', ['ptr', 'ptr']],
  ReleaseAvailableProviders: [126, 'status', ['ptr', 'int']],
  AddSessionConfigEntry: [130, 'status', ['ptr', 'str', 'str']],
  SetGlobalIntraOpNumThreads: [147, 'status', ['ptr', 'int']],
  SetGlobalInterOpNumThreads: [148, 'status', ['ptr', 'int']],
  SetGlobalSpinControl: [149, 'status', ['ptr', 'int']],
  SessionOptionsAppendExecutionProvider_CUDA_V2: [204, 'status', ['ptr', 'ptr']],
  CreateCUDAProviderOptions: [205, 'status', ['ptr']],
  ReleaseCUDAProviderOptions: [208, 'void', ['ptr']],
  SessionOptionsAppendExecutionProvider: [216, 'status', ['ptr', 'str', 'ptr', 'ptr', 'size']],
  SessionOptionsSetLoadCancellationFlag: [293, 'status', ['ptr', 'bool']],
} as const satisfies Record<string, Entry>;

type Table = typeof table;
type Arguments<P extends readonly CType[]> = { -readonly [K in keyof P]: CTypes[P[K]] };
type Result<T extends CType> = CTypes[T];
type NativeFunction<E extends Entry> = {
  (...args: Arguments<E[2]>): Result<E[1]>;
  /** The same call on a libuv worker thread; every pointer must stay alive until `done`. */
  async(...args: [...Arguments<E[2]>, done: (error: Error | null, result: Result<E[1]>) => void]): void;
};

export type Api = { readonly [K in keyof Table]: NativeFunction<Table[K]> } & {
  /** ONNX Runtime's version, such as 1.30.0. */
  readonly version: string;
};

const koffiTypes: Record<CType, string> = {
  void: 'void',
  ptr: 'void *',
  status: 'void *',
  str: 'str',
  path: process.platform === 'win32' ? 'str16' : 'str',
  int: 'int',
  size: 'size_t',
  int64: 'int64_t',
  bool: 'bool',
};

const pointerBytes = 8;

function bind(address: bigint, result: CType, parameters: readonly CType[]): unknown {
  const prototype = koffi.proto(
    koffiTypes[result],
    parameters.map((type) => koffiTypes[type]),
  );
  return koffi.decode(address, prototype);
}

function pointerAt(base: bigint, index: number): bigint {
  return BigInt(koffi.decode.uint64(base + BigInt(index * pointerBytes)));
}

let loaded: Api | undefined;
/** Kept for ever: koffi unloads a library whose handle is collected, and functions decoded from pointers do not hold it. */
let library: LibraryHandle | undefined;

/** The C API; opens the library at the first call. */
export function api(): Api {
  loaded ??= load();
  return loaded;
}

function load(): Api {
  // struct OrtApiBase { const OrtApi* (*GetApi)(uint32_t version); const char* (*GetVersionString)(void); }
  library = openLibrary();
  const base = library.func('OrtGetApiBase', 'void *', [])() as bigint;
  const getApi = bind(pointerAt(base, 0), 'ptr', ['int']) as (version: number) => bigint | null;
  const getVersion = bind(pointerAt(base, 1), 'str', []) as () => string;
  const struct = getApi(apiVersion);
  if (struct === null) {
    throw new OrtError(
      'library_missing',
      `ONNX Runtime ${getVersion()} is too old: its C API must be version ${apiVersion} or newer`,
    );
  }
  const functions = Object.entries(table).map(([name, [index, result, parameters]]) => [
    name,
    bind(pointerAt(struct, index), result, parameters),
  ]);
  return { ...Object.fromEntries(functions), version: getVersion() } as Api;
}
