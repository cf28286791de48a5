export type { DType, TypedArray, TypedArrayOf } from './dtype.ts';
export type { SessionOptions } from './options.ts';
export type { Provider } from './providers.ts';
export { Runtime, type RuntimeOptions } from './runtime.ts';
export { type Feeds, type RunOptions, Session } from './session.ts';
export { OrtCancelledError, OrtError, type OrtErrorCode } from './status.ts';
export { Tensor } from './tensor.ts';
export type { ValueInfo } from './values.ts';
