/** Session options: from plain values to an OrtSessionOptions. */
import { type Api, api } from './api.ts';
import { outPointer } from './memory.ts';
import { appendProvider, isProvider, type Provider } from './providers.ts';
import { check, invalid } from './status.ts';

/** `GraphOptimizationLevel`. */
const optimizationLevels = { disabled: 0, basic: 1, extended: 2, all: 99 } as const;

export interface SessionOptions {
  /** Where the model runs; the CPU unless given. Nodes a GPU provider has no kernel for run on the CPU. */
  readonly provider?: Provider;
  /** Gives the session a thread pool of its own of this size, in place of the runtime's shared one. */
  readonly intraOpThreads?: number;
  /** Whether idle threads spin while they wait for work. It is a pool's property, so it gives a pool of its own too. */
  readonly allowSpinning?: boolean;
  /** False keeps weights as they lie in the file (mapped, not copied); MatMulNBits is then unusably slow. */
  readonly prepacking?: boolean;
  /** How far the graph is rewritten; 'all' unless given. */
  readonly optimization?: keyof typeof optimizationLevels;
  /** Keeps transposes in front of products, which are faster so if the product is tall and runs on the CPU. */
  readonly keepTransposes?: boolean;
  /** Fixes named sizes, which lets more be planned ahead. */
  readonly freeDimensions?: Readonly<Record<string, number>>;
  /** Where to write the rewritten graph. */
  readonly optimizedModelPath?: string;
  /** Entries of onnxruntime_session_options_config_keys.h, such as 'session.disable_cpu_ep_fallback': '1'. */
  readonly config?: Readonly<Record<string, string>>;
  /** Ends the loading; `createSession` then rejects with OrtCancelledError. */
  readonly signal?: AbortSignal;
}

export function positiveInteger(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw invalid(`${name} must be an integer of 1 or more, got ${value}`);
  }
  return value;
}

/** External data may be anywhere on the disk: `location` is an absolute path without its leading slash. */
const externalDataFolder = { 'session.model_external_initializers_file_folder_path': '/' };

/** Makes the native options; the caller releases them. `threads` is the size of the runtime's pool. */
export function createOptions(options: SessionOptions, threads: number): bigint {
  const ort = api();
  const native = outPointer('make session options', (out) => ort.CreateSessionOptions(out));
  try {
    fill(ort, native, options, threads);
    return native;
  } catch (error) {
    ort.ReleaseSessionOptions(native);
    throw error;
  }
}

function fill(ort: Api, native: bigint, options: SessionOptions, threads: number): void {
  const set = (what: string, status: bigint | null) => check(ort, status, `session option ${what}`);
  const provider = options.provider ?? 'cpu';
  if (!isProvider(provider))
    throw invalid(`session option provider: no such provider ${JSON.stringify(provider)}`);
  appendProvider(native, provider);

  const config: Record<string, string> = { ...externalDataFolder };
  if (options.intraOpThreads === undefined && options.allowSpinning === undefined) {
    set('shared threads', ort.DisablePerSessionThreads(native));
  } else {
    const own = positiveInteger('session option intraOpThreads', options.intraOpThreads ?? threads);
    set('intraOpThreads', ort.SetIntraOpNumThreads(native, own));
    config['session.intra_op.allow_spinning'] = options.allowSpinning === false ? '0' : '1';
  }
  if (options.prepacking === false) config['session.disable_prepacking'] = '1';
  if (options.keepTransposes) config['optimization.disable_specified_optimizers'] = 'MatmulTransposeFusion';

  const level = options.optimization ?? 'all';
  if (!Object.hasOwn(optimizationLevels, level)) {
    const known = Object.keys(optimizationLevels).join(', ');
    throw invalid(`session option optimization: got ${JSON.stringify(level)}, expected one of ${known}`);
  }
  set('optimization', ort.SetSessionGraphOptimizationLevel(native, optimizationLevels[level]));

  for (const [name, size] of Object.entries(options.freeDimensions ?? {})) {
    positiveInteger(`session option freeDimensions.${name}`, size);
    set(`freeDimensions.${name}`, ort.AddFreeDimensionOverrideByName(native, name, size));
  }
  if (options.optimizedModelPath !== undefined) {
    set('optimizedModelPath', ort.SetOptimizedModelFilePath(native, options.optimizedModelPath));
  }
  for (const [key, value] of Object.entries({ ...config, ...options.config })) {
    set(`config ${key}`, ort.AddSessionConfigEntry(native, key, value));
  }
}
