/** Bundles made of parts of others. */
export { type Composed, type ComposeOptions, composeBundle } from './compose.ts';
export { ComposeError, type ComposeErrorCode } from './error.ts';
export type { CheckpointOptions } from './origin.ts';
export { type InterfacePart, type PartName, partNames, type Untrained } from './plan.ts';
