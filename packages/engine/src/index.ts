/** Bundles to streamed answers; see README.md. */
export type { LocalEngine } from './engine.ts';
export { EngineError, type EngineErrorCode } from './error.ts';
export { loadEngine } from './load.ts';
export { loadEngines } from './load-several.ts';
export type { EngineOptions } from './options.ts';
export { SharedParts } from './shared-parts.ts';
export type * from './types.ts';
