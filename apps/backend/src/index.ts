export { type Backend, createBackend, type RunningBackend } from './backend.ts';
export type {
  Engine,
  EngineModel,
  EngineStats,
  GenerateEvent,
  GenerateRequest,
  ImageInput,
} from './engine-port.ts';
export { type BackendOptions, defaultLimits, type Limits } from './options.ts';
