/** What repeated runs with the same inputs and outputs have in common: names as C strings, checked shapes, frames. */
import { addressOf, type CStrings, cStrings } from './memory.ts';
import { invalid } from './status.ts';
import { idOf, releaseTensor, Tensor, useTensor } from './tensor.ts';
import { checkTensor, unnamed, type ValueInfo } from './values.ts';

export type Feeds = Readonly<Record<string, Tensor>>;

/** The pointer arrays of one run; a plan reuses them once the run is over. */
export interface Frame {
  /** The tensors in use, so that they outlive the run whatever the caller does with its objects. */
  readonly tensors: Tensor[];
  readonly inputs: BigUint64Array;
  readonly outputs: BigUint64Array;
  readonly inputsAddress: bigint;
  readonly outputsAddress: bigint;
}

export class Plan {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly inputNames: CStrings;
  readonly outputNames: CStrings;
  readonly #feedNames: readonly string[];
  readonly #outputNames: readonly string[];
  /** Ids of the tensors last found to fit, inputs then outputs: a tensor's type and shape never change. */
  readonly #checked: Float64Array;
  /** Where the inputs have sizes with names: equal names must get equal sizes. */
  readonly #named: readonly { index: number; axis: number; name: string }[];
  readonly #frames: Frame[] = [];

  /** `feedNames` in the caller's order; throws when they are not exactly the model's inputs. */
  constructor(
    inputs: readonly ValueInfo[],
    outputs: readonly ValueInfo[],
    feedNames: readonly string[],
    outputNames: readonly string[],
  ) {
    this.inputs = pick(inputs, feedNames, 'feed');
    this.outputs = pick(outputs, outputNames, 'output');
    const missing = inputs.filter((info) => !feedNames.includes(info.name));
    if (missing.length > 0) {
      const list = missing.map((info) => `${info.name}: ${info.dtype} [${info.shape.join(', ')}]`).join('; ');
      throw invalid(`missing feed: ${list}`);
    }
    if (outputNames.length === 0) throw invalid('no outputs were asked for');
    this.#feedNames = [...feedNames];
    this.#outputNames = [...outputNames];
    this.inputNames = cStrings(feedNames);
    this.outputNames = cStrings(outputNames);
    this.#checked = new Float64Array(feedNames.length + outputNames.length);
    this.#named = this.inputs.flatMap((info, index) =>
      info.shape.flatMap((name, axis) =>
        typeof name === 'string' && name !== unnamed ? [{ index, axis, name }] : [],
      ),
    );
  }

  matches(feeds: Feeds, outputNames: readonly string[]): boolean {
    let index = 0;
    for (const name in feeds) {
      if (name !== this.#feedNames[index]) return false;
      index++;
    }
    if (index !== this.#feedNames.length || outputNames.length !== this.#outputNames.length) return false;
    for (let i = 0; i < outputNames.length; i++) if (outputNames[i] !== this.#outputNames[i]) return false;
    return true;
  }

  /**
   * Checks the tensors and takes them into use: none is released before `finish`. `given` are the outputs to write
   * in place, by name, or undefined for ONNX Runtime to allocate them.
   */
  begin(feeds: Feeds, given: Feeds | undefined): Frame {
    const { inputs, outputs } = this;
    const frame = this.#frames.pop() ?? createFrame(inputs.length, outputs.length);
    try {
      const changed = this.#take(inputs, feeds, 0, 'feed', frame, frame.inputs);
      if (changed) this.#checkNamedSizes(frame.tensors);
      if (given === undefined) frame.outputs.fill(0n);
      else this.#take(outputs, given, inputs.length, 'output', frame, frame.outputs);
      return frame;
    } catch (error) {
      this.finish(frame);
      throw error;
    }
  }

  /** Ends what `begin` began; what the caller wants of the frame it reads before. */
  finish(frame: Frame): void {
    for (const tensor of frame.tensors) releaseTensor(tensor);
    frame.tensors.length = 0;
    this.#frames.push(frame);
  }

  #take(
    infos: readonly ValueInfo[],
    tensors: Feeds,
    firstSlot: number,
    what: string,
    frame: Frame,
    pointers: BigUint64Array,
  ): boolean {
    let changed = false;
    for (const [index, info] of infos.entries()) {
      const tensor = tensors[info.name];
      if (!(tensor instanceof Tensor)) {
        throw invalid(`${what} ${JSON.stringify(info.name)}: expected a Tensor, got ${typeof tensor}`);
      }
      const id = idOf(tensor);
      if (this.#checked[firstSlot + index] !== id) {
        checkTensor(info, tensor, what);
        this.#checked[firstSlot + index] = id;
        changed = true;
      }
      pointers[index] = useTensor(tensor);
      frame.tensors.push(tensor);
    }
    return changed;
  }

  #checkNamedSizes(tensors: readonly Tensor[]): void {
    const sizes = new Map<string, { size: number; from: string }>();
    for (const { index, axis, name } of this.#named) {
      const input = this.inputs[index]?.name ?? '';
      const size = tensors[index]?.shape[axis] ?? 0;
      const first = sizes.get(name);
      if (first === undefined) sizes.set(name, { size, from: input });
      else if (first.size !== size) {
        this.#checked.fill(0);
        throw invalid(
          `feed ${JSON.stringify(input)}: expected axis ${axis} (${name}) to be ${first.size} as in ` +
            `${JSON.stringify(first.from)}, got ${size}`,
        );
      }
    }
  }
}

function createFrame(inputCount: number, outputCount: number): Frame {
  const inputs = new BigUint64Array(Math.max(1, inputCount));
  const outputs = new BigUint64Array(Math.max(1, outputCount));
  return {
    tensors: [],
    inputs,
    outputs,
    inputsAddress: addressOf(inputs),
    outputsAddress: addressOf(outputs),
  };
}

function pick(infos: readonly ValueInfo[], names: readonly string[], what: string): ValueInfo[] {
  const byName = new Map(infos.map((info) => [info.name, info]));
  return names.map((name) => {
    const info = byName.get(name);
    if (info !== undefined) return info;
    const known = infos.map((each) => each.name).join(', ') || 'none';
    throw invalid(`unknown ${what} ${JSON.stringify(name)}: the model has ${known}`);
  });
}
