/** Bundles to streamed answers; see README.md. */
export { EngineError, type EngineErrorCode } from './error.ts';
export type * from './types.ts';
