/**
 * Reads Python pickles as `torch.save` writes them, protocols 2 to 4 (Lib/pickletools.py of CPython has the opcodes). It is
 * a machine with a stack; what a pickle may name stands in globals.ts, and nothing else is looked up, called or made.
 */
import { CheckpointError } from '../error.ts';
import { globals, PickleValueError } from './globals.ts';
import type { PickleInput } from './pickle-input.ts';
import { Callable, Storage, StorageType, type TorchValue } from './values.ts';

/** Far more than any checkpoint has; each may leave an object in memory. */
const maxOperations = 10_000_000;

export interface Unpickled {
  readonly value: TorchValue;
  /** Those that the pickle refers to. */
  readonly storages: readonly Storage[];
}

/** One pickle, to its end. @throws CheckpointError `unsafe_pickle` or `invalid_pickle`. */
export function unpickle(input: PickleInput): Unpickled {
  const machine = new Machine(input);
  try {
    return { value: machine.run(), storages: machine.storages };
  } catch (error) {
    if (!(error instanceof PickleValueError)) throw error;
    throw new CheckpointError('invalid_pickle', input.path, error.message, { cause: error });
  }
}

class Machine {
  readonly storages: Storage[] = [];
  readonly #input: PickleInput;
  #stack: TorchValue[] = [];
  /** Stacks below marks. */
  readonly #below: TorchValue[][] = [];
  readonly #memo = new Map<number, TorchValue>();

  constructor(input: PickleInput) {
    this.#input = input;
  }

  run(): TorchValue {
    for (let operations = 0; operations < maxOperations; operations++) {
      const code = this.#input.byte();
      if (code === stop) return this.pop();
      const operation = operationOf[code];
      if (!operation) {
        const name = refused[code] ?? `0x${code.toString(16).padStart(2, '0')}`;
        throw this.unsafe(`the pickle has the operation ${name}, which no file of tensors needs`);
      }
      operation(this, this.#input);
    }
    throw new PickleValueError(`the pickle has more than ${maxOperations} operations`);
  }

  unsafe(what: string): CheckpointError {
    return new CheckpointError('unsafe_pickle', this.#input.path, what);
  }

  push(value: TorchValue): void {
    this.#stack.push(value);
  }

  pop(): TorchValue {
    const value = this.#stack.pop();
    if (value === undefined) throw new PickleValueError('the pickle takes a value from an empty stack');
    return value;
  }

  top(): TorchValue {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.#below.push(this.#stack);
    this.#stack = [];
  }

  popMark(): TorchValue[] {
    const below = this.#below.pop();
    if (!below) throw new PickleValueError('the pickle ends a group that it did not begin');
    const values = this.#stack;
    this.#stack = below;
    return values;
  }

  remember(place: number): void {
    this.#memo.set(place, this.top());
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(place: number): void {
    const value = this.#memo.get(place);
    if (value === undefined)
      throw new PickleValueError(`the pickle recalls ${place}, which it did not remember`);
    this.push(value);
  }

  global(module: TorchValue, name: TorchValue): void {
    const full = `${String(module)}.${String(name)}`;
    const known = globals.get(full);
    if (!known) {
      throw this.unsafe(
        `the pickle asks for ${full}; files of tensors need nothing of the kind, so nothing was run`,
      );
    }
    this.push(known);
  }

  call(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof Callable)) throw this.unsafe('the pickle calls what is not a function');
    if (!Array.isArray(args)) throw new PickleValueError(`${callable.name} is called without a tuple`);
    this.push(callable.call(args));
  }

  /** Only dictionaries get attributes (`_metadata`), which nobody reads. */
  build(): void {
    const state = this.pop();
    if (!(state instanceof Map && this.top() instanceof Map))
      throw this.unsafe('the pickle sets the state of what is not a dictionary');
  }

  storage(): void {
    const id = this.pop();
    const [kind, type, key, , count, view = null] = Array.isArray(id) ? id : [];
    const valid =
      kind === 'storage' && type instanceof StorageType && typeof key === 'string' && view === null;
    if (!valid || !Number.isSafeInteger(count) || Number(count) < 0)
      throw new PickleValueError('the pickle refers to something that is not a storage');
    const storage = new Storage(type.dtype, key, Number(count));
    this.storages.push(storage);
    this.push(storage);
  }

  append(values: readonly TorchValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new PickleValueError('the pickle appends to what is not a list');
    for (const value of values) list.push(value);
  }

  setItems(values: readonly TorchValue[]): void {
    const map = this.top();
    if (!(map instanceof Map) || values.length % 2 !== 0)
      throw new PickleValueError('the pickle sets items of what is not a dictionary');
    for (let at = 0; at < values.length; at += 2) map.set(values[at] ?? null, values[at + 1] ?? null);
  }
}

const stop = 0x2e;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new PickleValueError('the pickle has text that is not UTF-8');
  }
}

/** Two's complement, little-endian. */
function integer(bytes: Uint8Array): number | bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return BigInt(Number(signed)) === signed && Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

const u16 = (input: PickleInput) => input.view(2).getUint16(0, true);
const u32 = (input: PickleInput) => input.view(4).getUint32(0, true);
const tuple = (machine: Machine, size: number) => {
  const values = Array.from({ length: size }, () => machine.pop());
  machine.push(values.toReversed());
};

type Operation = (machine: Machine, input: PickleInput) => void;

/** By opcode. */
const operationOf: Readonly<Record<number, Operation>> = {
  128: (_, input) => void input.byte(), // PROTO
  149: (_, input) => void input.bytes(8), // FRAME
  40: (machine) => machine.mark(), // MARK
  48: (machine) => void machine.pop(), // POP
  49: (machine) => void machine.popMark(), // POP_MARK
  78: (machine) => machine.push(null), // NONE
  136: (machine) => machine.push(true), // NEWTRUE
  137: (machine) => machine.push(false), // NEWFALSE
  74: (machine, input) => machine.push(input.view(4).getInt32(0, true)), // BININT
  75: (machine, input) => machine.push(input.byte()), // BININT1
  77: (machine, input) => machine.push(u16(input)), // BININT2
  138: (machine, input) => machine.push(integer(input.bytes(input.byte()))), // LONG1
  71: (machine, input) => machine.push(input.view(8).getFloat64(0)), // BINFLOAT
  88: (machine, input) => machine.push(text(input.bytes(u32(input)))), // BINUNICODE
  140: (machine, input) => machine.push(text(input.bytes(input.byte()))), // SHORT_BINUNICODE
  84: (machine, input) => machine.push(latin1(input.bytes(u32(input)))), // BINSTRING
  85: (machine, input) => machine.push(latin1(input.bytes(input.byte()))), // SHORT_BINSTRING
  66: (machine, input) => machine.push(input.bytes(u32(input)).slice()), // BINBYTES
  67: (machine, input) => machine.push(input.bytes(input.byte()).slice()), // SHORT_BINBYTES
  93: (machine) => machine.push([]), // EMPTY_LIST
  125: (machine) => machine.push(new Map()), // EMPTY_DICT
  41: (machine) => machine.push([]), // EMPTY_TUPLE
  116: (machine) => machine.push(machine.popMark()), // TUPLE
  133: (machine) => tuple(machine, 1), // TUPLE1
  134: (machine) => tuple(machine, 2), // TUPLE2
  135: (machine) => tuple(machine, 3), // TUPLE3
  97: (machine) => machine.append([machine.pop()]), // APPEND
  101: (machine) => machine.append(machine.popMark()), // APPENDS
  115: (machine) => machine.setItems([machine.pop(), machine.pop()].toReversed()), // SETITEM
  117: (machine) => machine.setItems(machine.popMark()), // SETITEMS
  113: (machine, input) => machine.remember(input.byte()), // BINPUT
  114: (machine, input) => machine.remember(u32(input)), // LONG_BINPUT
  148: (machine) => machine.rememberNext(), // MEMOIZE
  104: (machine, input) => machine.recall(input.byte()), // BINGET
  106: (machine, input) => machine.recall(u32(input)), // LONG_BINGET
  99: (machine, input) => machine.global(input.line(), input.line()), // GLOBAL
  147: (machine) => machine.global(...lastTwo(machine)), // STACK_GLOBAL
  82: (machine) => machine.call(), // REDUCE
  98: (machine) => machine.build(), // BUILD
  81: (machine) => machine.storage(), // BINPERSID
};

function lastTwo(machine: Machine): [TorchValue, TorchValue] {
  const second = machine.pop();
  return [machine.pop(), second];
}

/** Names for messages. */
const refused: Readonly<Record<number, string>> = {
  105: 'INST',
  111: 'OBJ',
  129: 'NEWOBJ',
  146: 'NEWOBJ_EX',
  80: 'PERSID',
  130: 'EXT1',
  131: 'EXT2',
  132: 'EXT4',
};
