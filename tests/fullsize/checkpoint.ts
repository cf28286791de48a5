/** A checkpoint as it lies on the hub, and how it is written: file by file, one tensor in memory at a time. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dtypes, requireSpace, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import { writeTorch } from '@x-llm/engine/testing';
import { countOf, type PublishedTensor, randomWeight } from './random.ts';

/** At full size, or with the same names in a few MB. */
export type Size = 'full' | 'small';

export interface Checkpoint {
  /** Files of text by their names. */
  readonly texts: Readonly<Record<string, string>>;
  /** A file of tests/parity/golden/tokenizer, and what the checkpoint calls it. */
  readonly tokenizer?: { readonly golden: string; readonly as: string };
  readonly weights: readonly Weights[];
}

export interface Weights {
  /** Several shards are numbered behind its stem, and have an index: `model-00001-of-00002.safetensors`. */
  readonly file: string;
  readonly shards: readonly (readonly PublishedTensor[])[];
  /** Of PyTorch's files: the key that the tensors' dictionary stands under. */
  readonly under?: 'model';
  /** What stands beside that key. */
  readonly beside?: readonly PublishedTensor[];
}

export type NamedShape = readonly [name: string, shape: readonly number[]];

/** What PyTorch's Linear has. */
export const linear = (name: string, rows: number, columns: number): NamedShape[] => [
  [`${name}.weight`, [rows, columns]],
  [`${name}.bias`, [rows]],
];
export const norm = (name: string, width: number): NamedShape[] => [
  [`${name}.weight`, [width]],
  [`${name}.bias`, [width]],
];

/** One kind of numbers, in the order of the shapes. */
export const tensorsOf = (shapes: Iterable<NamedShape>, dtype: PublishedTensor['dtype']): PublishedTensor[] =>
  Array.from(shapes, ([name, shape]) => ({ name, shape, dtype }));

export const bytesOf = ({ shape, dtype }: PublishedTensor): number =>
  countOf(shape) * dtypes[dtype].sizeBytes;

export const totalBytes = (tensors: readonly PublishedTensor[]): number =>
  tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0);

/** Of all tensors. */
export const checkpointBytes = ({ weights }: Pick<Checkpoint, 'weights'>): number =>
  weights
    .flatMap(({ shards, beside = [] }) => [...shards, beside])
    .reduce((sum, one) => sum + totalBytes(one), 0);

/** As transformers cuts: a shard ends before the tensor that would make it larger than `maxBytes`. */
export function sharded(
  tensors: readonly PublishedTensor[],
  maxBytes: number,
  sizeOf: (tensor: PublishedTensor) => number = bytesOf,
): PublishedTensor[][] {
  const shards: PublishedTensor[][] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const tensor of tensors) {
    if (filled + sizeOf(tensor) > maxBytes) {
      shards.push([]);
      filled = 0;
    }
    filled += sizeOf(tensor);
    shards.at(-1)?.push(tensor);
  }
  return shards;
}

/** The files that weights are in, by name. */
export function filesOf({ file, shards }: Weights): Map<string, readonly PublishedTensor[]> {
  const number = (at: number) => String(at).padStart(5, '0');
  const [stem, extension] = [file.slice(0, file.lastIndexOf('.')), file.slice(file.lastIndexOf('.'))];
  const nameOf = (at: number) =>
    shards.length === 1 ? file : `${stem}-${number(at + 1)}-of-${number(shards.length)}${extension}`;
  return new Map(shards.map((tensors, at) => [nameOf(at), tensors]));
}

/** What transformers writes beside shards. */
export function indexOf(weights: Weights): string {
  const places = [...filesOf(weights)].flatMap(([file, tensors]) => tensors.map(({ name }) => [name, file]));
  const total = checkpointBytes({ weights: [weights] });
  const map = Object.fromEntries(places.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ metadata: { total_size: total }, weight_map: map }, null, 2)}\n`;
}

const sourcesOf = (tensors: readonly PublishedTensor[] = []): TensorSource[] =>
  tensors.map((tensor) => ({ ...tensor, data: () => randomWeight(tensor) }));

/** Writes a checkpoint into a folder; `onFile` is told of each file of weights that is done. */
export async function writeCheckpoint(
  to: string,
  { texts, tokenizer, weights }: Checkpoint,
  onFile = (_name: string, _tensors: number): void => {},
): Promise<void> {
  await mkdir(to, { recursive: true });
  await requireSpace(to, checkpointBytes({ weights }));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(to, name), text);
  if (tokenizer) {
    const golden = join(import.meta.dirname, '../parity/golden/tokenizer', tokenizer.golden);
    await copyFile(golden, join(to, tokenizer.as));
  }
  for (const one of weights) {
    for (const [name, tensors] of filesOf(one)) {
      if (name.endsWith('.safetensors')) await writeSafetensors(join(to, name), sourcesOf(tensors));
      else
        await writeTorch(join(to, name), sourcesOf(tensors), {
          under: one.under,
          beside: sourcesOf(one.beside),
        });
      onFile(name, tensors.length);
    }
    if (one.shards.length > 1) await writeFile(join(to, `${one.file}.index.json`), indexOf(one));
  }
}
