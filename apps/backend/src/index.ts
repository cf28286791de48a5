export { type Backend, createBackend, type RunningBackend } from './backend.ts';
export { type BackendOptions, defaultLimits, type Limits } from './options.ts';
