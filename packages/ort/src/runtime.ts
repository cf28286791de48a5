/** ONNX Runtime in this process: one environment, one thread pool for all sessions. */
import { type Api, api } from './api.ts';
import { Gate } from './gate.ts';
import { addressOf, outPointer } from './memory.ts';
import { createOptions, positiveInteger, type SessionOptions } from './options.ts';
import { installedProviders, isSerial, missingProvider, type Provider } from './providers.ts';
import { Session } from './session.ts';
import { check, disposed, invalid, OrtCancelledError, type OrtError, takeError } from './status.ts';
import { concurrentCalls, physicalCores } from './threads.ts';

export interface RuntimeOptions {
  /** Threads that share one run's work; the physical cores unless given. */
  readonly intraOpThreads?: number;
  /** Whether idle threads spin while they wait for work: quicker, and busy. True unless given. */
  readonly allowSpinning?: boolean;
}

interface Environment {
  readonly native: bigint;
  readonly threads: number;
  readonly allowSpinning: boolean;
  readonly gate: Gate;
  readonly deviceGate: Gate;
  /** Runtimes and sessions that need it. */
  users: number;
}

/** ONNX Runtime has one environment a process, whose thread pool cannot be changed. */
let environment: Environment | undefined;

/**
 * The way in. Every `load` shares the process's one environment; the last to be disposed, sessions included,
 * releases it.
 *
 *     using runtime = Runtime.load();
 *     using session = await runtime.createSession(model, { provider: 'cpu' });
 */
export class Runtime {
  readonly #environment: Environment;
  #disposed = false;

  private constructor(shared: Environment) {
    this.#environment = shared;
    shared.users++;
  }

  /** Opens the library. Throws `library_missing`, or `invalid_argument` when a loaded one has other threads. */
  static load(options: RuntimeOptions = {}): Runtime {
    environment ??= createEnvironment(options);
    const { threads, allowSpinning } = environment;
    const wanted = { threads, allowSpinning };
    if (options.intraOpThreads !== undefined) wanted.threads = options.intraOpThreads;
    if (options.allowSpinning !== undefined) wanted.allowSpinning = options.allowSpinning;
    if (wanted.threads !== threads || wanted.allowSpinning !== allowSpinning) {
      throw invalid(
        `Runtime.load: the process's thread pool already has ${threads} threads with allowSpinning ${allowSpinning}; ` +
          'dispose what uses it first, or give the session a pool of its own (intraOpThreads)',
      );
    }
    return new Runtime(environment);
  }

  /** ONNX Runtime's version, such as 1.30.0. */
  get version(): string {
    return api().version;
  }

  get intraOpThreads(): number {
    return this.#environment.threads;
  }

  /** Runs that happen at the same time; more of them wait their turn. */
  get concurrentRuns(): number {
    return this.#environment.gate.limit;
  }

  /** The providers whose code is installed; whether a GPU answers is known when a session is created. */
  providers(): Provider[] {
    return installedProviders();
  }

  /** Loads a model off the event loop. Throws `provider_missing` rather than fall back to the CPU. */
  async createSession(model: Uint8Array, options: SessionOptions = {}): Promise<Session> {
    if (this.#disposed) throw disposed('Runtime');
    const { signal } = options;
    if (signal?.aborted) throw cancelled(signal);
    const shared = this.#environment;
    const ort = api();
    const nativeOptions = createOptions(options, shared.threads);
    const alone = isSerial(options.provider ?? 'cpu');
    const gate = alone ? shared.deviceGate : shared.gate;
    shared.users++;
    let entered = false;
    try {
      entered = await gate.enter(signal);
      if (!entered || signal?.aborted) throw cancelled(signal);
      const session = await createNative(ort, shared, model, nativeOptions, options);
      return new Session(session, gate, alone, () => leave(shared));
    } catch (error) {
      leave(shared);
      throw error;
    } finally {
      if (entered) gate.leave();
      ort.ReleaseSessionOptions(nativeOptions);
    }
  }

  /** Refuses further sessions; those that exist keep working. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    leave(this.#environment);
  }
}

function createEnvironment(options: RuntimeOptions): Environment {
  const ort = api();
  const threads = positiveInteger('Runtime.load: intraOpThreads', options.intraOpThreads ?? physicalCores());
  const allowSpinning = options.allowSpinning ?? true;
  const threading = outPointer('set up threads', (out) => ort.CreateThreadingOptions(out));
  try {
    check(ort, ort.SetGlobalIntraOpNumThreads(threading, threads), 'set up threads');
    check(ort, ort.SetGlobalInterOpNumThreads(threading, 1), 'set up threads');
    check(ort, ort.SetGlobalSpinControl(threading, allowSpinning ? 1 : 0), 'set up threads');
    // ORT_LOGGING_LEVEL_FATAL: errors are thrown, so logging them too would say them twice.
    const fatalOnly = 4;
    const native = outPointer('start ONNX Runtime', (out) =>
      ort.CreateEnvWithGlobalThreadPools(fatalOnly, 'x-llm', threading, out),
    );
    return {
      native,
      threads,
      allowSpinning,
      gate: new Gate(concurrentCalls()),
      deviceGate: new Gate(1),
      users: 0,
    };
  } finally {
    ort.ReleaseThreadingOptions(threading);
  }
}

function leave(shared: Environment): void {
  shared.users--;
  if (shared.users > 0) return;
  environment = undefined;
  api().ReleaseEnv(shared.native);
}

function createNative(
  ort: Api,
  shared: Environment,
  model: Uint8Array,
  nativeOptions: bigint,
  { provider = 'cpu', signal }: SessionOptions,
): Promise<bigint> {
  return new Promise((resolve, reject) => {
    const out = new BigUint64Array(1);
    const stop = () => {
      takeError(ort, ort.SessionOptionsSetLoadCancellationFlag(nativeOptions, true), 'cancel');
    };
    ort.CreateSessionFromArray.async(
      shared.native,
      addressOf(model),
      model.byteLength,
      nativeOptions,
      addressOf(out),
      (failure, status) => {
        signal?.removeEventListener('abort', stop);
        const error = failure ?? takeError(ort, status, `load a model of ${model.byteLength} bytes`);
        const session = out[0] ?? 0n;
        if (error === null) resolve(session);
        else if (signal?.aborted) reject(cancelled(signal));
        else reject(asProviderError(error, provider));
      },
    );
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** A GPU that does not answer shows only now: an adapter or device that cannot be had. */
function asProviderError(error: Error | OrtError, provider: Provider): Error {
  const deviceFailed = /adapter|device lost|failed to (get|request|create)|no CUDA-capable|driver|vulkan/i;
  if (provider === 'cpu' || !deviceFailed.test(error.message)) return error;
  return missingProvider(provider, error.message, error);
}

function cancelled(signal: AbortSignal | undefined): OrtCancelledError {
  return new OrtCancelledError('loading the model was cancelled', signal?.reason);
}
