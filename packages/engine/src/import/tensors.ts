/** Tensors of a checkpoint under names that are not ours: where each of ours is, whether all are there, and what to write. */
import {
  CheckpointError,
  dtypes,
  isFiniteData,
  type TensorData,
  type TensorFile,
  type TensorInfo,
  type TensorSource,
  TorchFile,
  type Weights,
} from '@x-llm/checkpoint';

/** Where parameters of ours stand in a checkpoint. */
export interface TensorRule {
  /** Our name. `{n}` is a layer's number, `*` is `weight` and `bias`. */
  readonly ours: string;
  /** Theirs, in which `{n+1}` is the number of the layer behind. */
  readonly theirs: string;
  /** Theirs where ours is in the last layer. */
  readonly last?: string;
  /** Theirs joins so many matrices of equal size, one below the other, and ours is the one at this place. */
  readonly part?: { readonly at: number; readonly of: number };
  /** Ours has a first axis of 1 in front of theirs. */
  readonly lacksFirstAxis?: true;
}

/** Where a parameter of ours is read from. */
export type Place = Pick<TensorRule, 'part' | 'lacksFirstAxis'> & { readonly name: string };

export interface Wanted {
  readonly shape: readonly number[];
  readonly place: Place;
}

/** Our name → its place, by the first rule that fits; the same name where none does. */
export function placesBy(rules: readonly TensorRule[], layers: number): (ours: string) => Place {
  const compiled = rules.map((rule) => ({ ...rule, pattern: patternOf(rule.ours) }));
  return (ours) => {
    for (const { pattern, theirs, last, part, lacksFirstAxis } of compiled) {
      const match = pattern.exec(ours);
      if (!match) continue;
      const n = Number(match.groups?.['n']);
      const template = last !== undefined && n === layers - 1 ? last : theirs;
      const name = template
        .replace('{n}', String(n))
        .replace('{n+1}', String(n + 1))
        .replace('*', match.groups?.['kind'] ?? '');
      return { name, ...(part && { part }), ...(lacksFirstAxis && { lacksFirstAxis }) };
    }
    return { name: ours };
  };
}

const patternOf = (ours: string): RegExp => {
  const escaped = ours.replace(/[.[\]()+?^$|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace('{n}', '(?<n>\\d+)').replace('*', '(?<kind>weight|bias)')}$`);
};

/** Tensors of one or more files, by the names that the tables have for them. */
/** A tensor of a checkpoint, to write or to make something of. */
export interface CheckpointTensor extends TensorSource {
  /** Whose tensor it is and what it is called there, for messages. */
  readonly from?: Origin;
  /** Gives what reads its rows, so that it need not be read whole; what they are is not looked at. */
  readonly open?: () => ReadRows;
  /** Where its bytes lie as they are, for those who map them. */
  readonly mapped?: { readonly path: string; readonly offset: number; readonly sizeBytes: number };
}

export interface Origin {
  readonly path: string;
  readonly name: string;
}

/** Reads rows `from` up to `to`, into an array that nobody else has: into `spare`, where that has their size. */
export type ReadRows = (from: number, to: number, spare?: ArrayBuffer) => TensorData;

export class NamedTensors {
  /** For messages. */
  readonly path: string;
  readonly #tensors = new Map<string, { readonly file: TensorFile; readonly name: string }>();

  constructor(path: string) {
    this.path = path;
  }

  static of(weights: Weights): NamedTensors {
    const named = new NamedTensors(weights.path);
    for (const file of weights.files) named.add(file);
    return named;
  }

  /** Under the file's own names; what an earlier file has stays. */
  add(file: TensorFile): void {
    for (const name of file.tensors.keys()) this.put(name, { file, name });
  }

  /** Of a file that training wrote: under `prefix` and the names inside the state of the model. */
  addState(file: TensorFile, prefix = ''): void {
    for (const [inside, name] of stateOf(file)) this.put(prefix + inside, { file, name });
  }

  /** `name` of a file under another one. */
  put(as: string, place: { readonly file: TensorFile; readonly name: string }): void {
    if (!this.#tensors.has(as)) this.#tensors.set(as, place);
  }

  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  info(name: string): TensorInfo | undefined {
    const found = this.#tensors.get(name);
    return found?.file.info(found.name);
  }

  /** What `writeSafetensors` takes for a parameter of ours. */
  source(
    ours: string,
    { shape, place }: Wanted,
    onRead = (_sizeBytes: number): void => {},
  ): CheckpointTensor {
    const found = this.#tensors.get(place.name);
    if (!found) throw new CheckpointError('unknown_tensor', this.path, `no tensor ${place.name}`);
    const { file, name } = found;
    const { dtype, offset, strides, sizeBytes: allBytes, shape: theirs } = file.info(name);
    const { at, of } = place.part ?? { at: 0, of: 1 };
    const sizeBytes = allBytes / of;
    const first = (at * (theirs[0] ?? 0)) / of;
    const data = () => {
      onRead(sizeBytes);
      const read = of === 1 ? file.read(name) : file.readRows(name, first, first + (theirs[0] ?? 0) / of);
      if (!isFiniteData(dtype, read)) throw notFinite({ path: file.path, name });
      return read;
    };
    const open = (): ReadRows => {
      onRead(sizeBytes);
      return (from, to, spare) => file.readRows(name, first + from, first + to, spare);
    };
    const mapped = { path: file.path, offset: offset + at * sizeBytes, sizeBytes };
    const isMapped = !strides && mapped.offset % dtypes[dtype].sizeBytes === 0;
    return {
      name: ours,
      dtype,
      shape,
      data,
      open,
      from: { path: file.path, name },
      ...(isMapped && { mapped }),
    };
  }

  sizeBytes({ place }: Wanted): number {
    return (this.info(place.name)?.sizeBytes ?? 0) / (place.part?.of ?? 1);
  }
}

/** Names inside the state of the model, which training may save under the key `model` beside its own, and the file's. */
export function stateOf(file: TensorFile): [inside: string, name: string][] {
  const names = [...file.tensors.keys()];
  const isNested = file instanceof TorchFile && file.value instanceof Map && file.value.has('model');
  if (!isNested) return names.map((name) => [name, name]);
  const prefix = 'model.';
  return names.flatMap((name) => (name.startsWith(prefix) ? [[name.slice(prefix.length), name]] : []));
}

export const notFinite = ({ path, name }: Origin): CheckpointError =>
  new CheckpointError(
    'invalid_tensor',
    path,
    `tensor ${JSON.stringify(name)} has numbers that are infinite or none (NaN): the file is damaged, or its training went wrong`,
  );

/** Bytes that tensors have in a file. */
export const writtenBytes = (tensors: readonly TensorSource[]): number =>
  tensors.reduce(
    (sum, { dtype, shape }) =>
      sum + dtypes[dtype].sizeBytes * shape.reduce((product, size) => product * size, 1),
    0,
  );

/** The same files to write; `onRead` is told how many bytes of all came before each tensor. */
export function counted(
  files: Readonly<Record<string, { readonly tensors: readonly TensorSource[] }>>,
  onRead: (doneBytes: number) => void,
): Record<string, { readonly tensors: readonly TensorSource[] }> {
  let done = 0;
  const watched = (tensor: TensorSource): TensorSource => ({
    ...tensor,
    data() {
      onRead(done);
      done += writtenBytes([tensor]);
      return typeof tensor.data === 'function' ? tensor.data() : tensor.data;
    },
  });
  const all = Object.entries(files).map(([file, { tensors }]) => [file, { tensors: tensors.map(watched) }]);
  return Object.fromEntries(all);
}

/**
 * One error for everything that is wrong with the tensors.
 * @throws CheckpointError `missing_tensors`: those missing, those of another shape or type, and those that nothing takes.
 */
export function checkTensors(
  tensors: NamedTensors,
  wanted: ReadonlyMap<string, Wanted>,
  isIgnored: (name: string) => boolean,
): void {
  const missing = new Set<string>();
  const odd = new Set<string>();
  const used = new Set<string>();
  for (const { shape, place } of wanted.values()) {
    const { name } = place;
    used.add(name);
    const info = tensors.info(name);
    const expected = theirShape(shape, place);
    if (!info) missing.add(name);
    else if (info.shape.join() !== expected.join())
      odd.add(`${name} is [${info.shape.join()}], not [${expected.join()}]`);
    else if (!info.dtype.includes('float')) odd.add(`${name} is ${info.dtype}, not a floating-point number`);
  }
  const extra = tensors.names.filter((name) => !used.has(name) && !isIgnored(name));
  const parts = [
    ...(missing.size > 0 ? [`${missing.size} missing: ${listed([...missing], ', ')}`] : []),
    ...(odd.size > 0 ? [`${odd.size} of another kind: ${listed([...odd], '; ')}`] : []),
    ...(extra.length > 0 ? [`${extra.length} that the model has no place for: ${listed(extra, ', ')}`] : []),
  ];
  if (parts.length > 0) throw new CheckpointError('missing_tensors', tensors.path, parts.join('\n'));
}

/** A message has 2000 characters: none of three lists may hide the others. */
const maxListed = 600;

function listed(items: readonly string[], separator: string): string {
  let length = 0;
  const shown = items.filter((item, at) => {
    length += item.length + separator.length;
    return at === 0 || length <= maxListed;
  });
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

/** The tables read backwards: which tensors a checkpoint has that has all that is wanted, by its own names. */
export const theirTensors = (wanted: Iterable<Wanted>): Map<string, readonly number[]> =>
  new Map(Array.from(wanted, ({ shape, place }) => [place.name, theirShape(shape, place)]));

function theirShape(shape: readonly number[], { part, lacksFirstAxis }: Place): readonly number[] {
  const [rows = 1, ...rest] = lacksFirstAxis ? shape.slice(1) : shape;
  return [rows * (part?.of ?? 1), ...rest];
}
