/** A model ready to run. */
import { api } from './api.ts';
import type { Gate } from './gate.ts';
import { outPointer } from './memory.ts';
import { type Feeds, type Frame, Plan } from './plan.ts';
import { disposed, OrtCancelledError, OrtError, takeError } from './status.ts';
import { type Tensor, wrapValue } from './tensor.ts';
import { describeValues, type ValueInfo } from './values.ts';

export type { Feeds };

export interface RunOptions<O extends string = string> {
  /**
   * Which outputs. Names: ONNX Runtime allocates them. Tensors: they are written in place. Nothing: all of them,
   * allocated.
   */
  readonly outputs?: readonly O[] | Readonly<Record<O, Tensor>>;
  /** Ends the run between two nodes; `run` then rejects with OrtCancelledError once it has really stopped. */
  readonly signal?: AbortSignal;
}

/** Plans kept per session: one for each set of names it is run with. */
const maxPlans = 16;

/** Native handles of sessions that were lost without being disposed. A safety net only. */
interface Handles {
  readonly session: bigint;
  readonly runOptions: bigint[];
  onRelease(): void;
}
const lost = new FinalizationRegistry<Handles>(release);

function release(handles: Handles): void {
  const ort = api();
  for (const options of handles.runOptions) ort.ReleaseRunOptions(options);
  ort.ReleaseSession(handles.session);
  handles.onRelease();
}

/**
 * Made by `Runtime.createSession`. Runs of one session may overlap; disposing it waits for those under way.
 *
 *     const { y } = await session.run({ x }, { outputs: ['y'] });
 */
export class Session {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly #handles: Handles;
  readonly #gate: Gate;
  readonly #alone: boolean;
  readonly #allOutputs: readonly string[];
  readonly #plans: Plan[] = [];
  /** RunOptions not in use. */
  readonly #idle: bigint[] = [];
  #running = 0;
  #disposed = false;

  /** `alone`: a synchronous run must not overlap others either. `onRelease` is called when the memory is gone. */
  constructor(session: bigint, gate: Gate, alone: boolean, onRelease: () => void) {
    this.#handles = { session, runOptions: [], onRelease };
    this.#gate = gate;
    this.#alone = alone;
    try {
      this.inputs = Object.freeze(describeValues(session, 'Input'));
      this.outputs = Object.freeze(describeValues(session, 'Output'));
    } catch (error) {
      api().ReleaseSession(session);
      throw error;
    }
    this.#allOutputs = this.outputs.map((info) => info.name);
    lost.register(this, this.#handles, this);
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * Runs off the event loop. Feeds and in-place outputs must not be written to, and are not released, before it
   * settles. Rejects with OrtError, or OrtCancelledError when the signal fires.
   */
  async run<O extends string = string>(
    feeds: Feeds,
    options: RunOptions<O> = {},
  ): Promise<Record<O, Tensor>> {
    const { signal } = options;
    if (signal?.aborted) throw cancelled(signal);
    const given = givenTensors(options.outputs);
    const plan = this.#plan(feeds, options.outputs);
    const frame = plan.begin(feeds, given);
    this.#running++;
    let runOptions = 0n;
    let entered = false;
    try {
      entered = this.#gate.tryEnter() || (await this.#gate.enter(signal));
      if (!entered || signal?.aborted) throw cancelled(signal);
      if (this.#disposed) throw disposed('Session');
      runOptions = this.#takeRunOptions();
      await this.#runNative(plan, frame, runOptions, signal);
      return this.#collect(plan, frame, given) as Record<O, Tensor>;
    } finally {
      if (entered) this.#gate.leave();
      if (runOptions !== 0n) this.#idle.push(runOptions);
      plan.finish(frame);
      this.#end();
    }
  }

  /** Runs on this thread, which does nothing else meanwhile. Quicker by the hand-over for small models. */
  runSync<O extends string = string>(
    feeds: Feeds,
    options: Omit<RunOptions<O>, 'signal'> = {},
  ): Record<O, Tensor> {
    const given = givenTensors(options.outputs);
    const plan = this.#plan(feeds, options.outputs);
    const frame = plan.begin(feeds, given);
    if (this.#alone && !this.#gate.tryEnter()) {
      plan.finish(frame);
      throw new OrtError('busy', 'runSync: another run is using the device; use run, which waits for it');
    }
    this.#running++;
    const ort = api();
    try {
      const status = ort.Run(...this.#arguments(plan, frame, null));
      const error = takeError(ort, status, 'run');
      if (error !== null) throw error;
      return this.#collect(plan, frame, given) as Record<O, Tensor>;
    } finally {
      if (this.#alone) this.#gate.leave();
      plan.finish(frame);
      this.#end();
    }
  }

  /** Refuses further runs, and gives the memory back when the runs under way have ended. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#running === 0) this.#release();
  }

  #end(): void {
    this.#running--;
    if (this.#disposed && this.#running === 0) this.#release();
  }

  #release(): void {
    lost.unregister(this);
    release(this.#handles);
  }

  #plan(feeds: Feeds, outputs: RunOptions['outputs']): Plan {
    if (this.#disposed) throw disposed('Session');
    const names =
      outputs === undefined ? this.#allOutputs : isNames(outputs) ? outputs : Object.keys(outputs);
    const plans = this.#plans;
    for (const plan of plans) if (plan.matches(feeds, names)) return plan;
    const plan = new Plan(this.inputs, this.outputs, Object.keys(feeds), names);
    if (plans.length >= maxPlans) plans.shift();
    plans.push(plan);
    return plan;
  }

  #takeRunOptions(): bigint {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const made = outPointer('make run options', (out) => api().CreateRunOptions(out));
    this.#handles.runOptions.push(made);
    return made;
  }

  #arguments(plan: Plan, frame: Frame, runOptions: bigint | null): Parameters<ReturnType<typeof api>['Run']> {
    return [
      this.#handles.session,
      runOptions,
      plan.inputNames.address,
      frame.inputsAddress,
      plan.inputs.length,
      plan.outputNames.address,
      plan.outputs.length,
      frame.outputsAddress,
    ];
  }

  #runNative(plan: Plan, frame: Frame, runOptions: bigint, signal: AbortSignal | undefined): Promise<void> {
    const ort = api();
    return new Promise((resolve, reject) => {
      const terminate = () => {
        takeError(ort, ort.RunOptionsSetTerminate(runOptions), 'cancel');
      };
      ort.Run.async(...this.#arguments(plan, frame, runOptions), (failure, status) => {
        signal?.removeEventListener('abort', terminate);
        const error = failure ?? takeError(ort, status, 'run');
        if (signal?.aborted) takeError(ort, ort.RunOptionsUnsetTerminate(runOptions), 'reuse run options');
        // A run that got to its end before the signal was seen is a success: its in-place outputs are written.
        if (error === null) resolve();
        else reject(signal?.aborted ? cancelled(signal) : error);
      });
      signal?.addEventListener('abort', terminate, { once: true });
    });
  }

  #collect(plan: Plan, frame: Frame, given: Feeds | undefined): Record<string, Tensor> {
    if (given !== undefined) return { ...given };
    const results: Record<string, Tensor> = {};
    for (const [index, info] of plan.outputs.entries()) {
      results[info.name] = wrapValue(frame.outputs[index] ?? 0n, info.dtype);
    }
    return results;
  }
}

function isNames(outputs: NonNullable<RunOptions['outputs']>): outputs is readonly string[] {
  return Array.isArray(outputs);
}

function givenTensors(outputs: RunOptions['outputs']): Feeds | undefined {
  return outputs === undefined || isNames(outputs) ? undefined : outputs;
}

function cancelled(signal: AbortSignal | undefined): OrtCancelledError {
  return new OrtCancelledError('the run was cancelled', signal?.reason);
}
