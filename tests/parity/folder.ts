/** A golden folder: what a reference implementation computed, with the weights and inputs it was given. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { openSafetensors, type SafetensorsFile } from '@x-llm/checkpoint';

/** A folder that cannot be checked; the message says what to do. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

/** Where this repository keeps its own. */
export const goldenRoot = join(import.meta.dirname, 'golden');

export class GoldenFolder {
  readonly path: string;
  /** Its base name, which says of which kind it is. */
  readonly name: string;
  readonly #open: SafetensorsFile[] = [];

  constructor(path: string) {
    this.path = resolve(path);
    this.name = basename(this.path);
    if (!existsSync(this.path)) throw new FolderError(`there is no folder ${this.path}`);
    if (!statSync(this.path).isDirectory()) {
      throw new FolderError(`${this.path} is a file; give the folder it lies in`);
    }
  }

  has(name: string): boolean {
    return existsSync(join(this.path, name));
  }

  /** Absolute path of a file that has to be there. */
  file(name: string): string {
    const path = join(this.path, name);
    if (existsSync(path)) return path;
    throw new FolderError(`${this.path} has no ${name}, which a folder of kind "${this.name}" needs`);
  }

  /** The folder of another kind that this one refers to: beside it, else this repository's. */
  sibling(name: string): GoldenFolder {
    for (const root of [dirname(this.path), goldenRoot]) {
      if (existsSync(join(root, name))) return new GoldenFolder(join(root, name));
    }
    throw new FolderError(`${this.path} needs the folder "${name}" beside it`);
  }

  json(name: string): JsonObject {
    const path = this.file(name);
    let value: unknown;
    try {
      value = JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      throw new FolderError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
    return new JsonObject(value, path);
  }

  /** Opens a safetensors file; it stays open until the folder is disposed. */
  async tensors(name: string): Promise<SafetensorsFile> {
    const file = await openSafetensors(this.file(name));
    this.#open.push(file);
    return file;
  }

  [Symbol.dispose](): void {
    for (const file of this.#open) file.close();
  }
}

/** JSON whose fields are checked as they are read, so that a wrong file says which field is wrong. */
export class JsonObject {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null) throw new FolderError(`${where} is not an object`);
    this.#fields = value as Readonly<Record<string, unknown>>;
    this.#where = where;
  }

  keys(): string[] {
    return Object.keys(this.#fields);
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  object(field: string): JsonObject {
    return new JsonObject(this.#get(field), `${this.#where}: "${field}"`);
  }

  number(field: string): number {
    const value = this.#get(field);
    return typeof value === 'number' ? value : this.#wrong(field, 'a number');
  }

  numbers(field: string): number[] {
    const value = this.#get(field);
    const isNumbers = Array.isArray(value) && value.every((item) => typeof item === 'number');
    return isNumbers ? value : this.#wrong(field, 'a list of numbers');
  }

  /** Numbers, null for what JSON cannot say: infinity. */
  numbersOrNulls(field: string): (number | null)[] {
    const value = this.#get(field);
    const isNumbers =
      Array.isArray(value) && value.every((item) => typeof item === 'number' || item === null);
    return isNumbers ? value : this.#wrong(field, 'a list of numbers and nulls');
  }

  /** Lists of numbers, of any lengths. */
  lists(field: string): number[][] {
    const value = this.#get(field);
    const isLists =
      Array.isArray(value) &&
      value.every((list) => Array.isArray(list) && list.every((item) => typeof item === 'number'));
    return isLists ? value : this.#wrong(field, 'a list of lists of numbers');
  }

  objects(field: string): JsonObject[] {
    const value = this.#get(field);
    if (!Array.isArray(value)) this.#wrong(field, 'a list of objects');
    return value.map((item, index) => new JsonObject(item, `${this.#where}: "${field}"[${index}]`));
  }

  string(field: string): string {
    const value = this.#get(field);
    return typeof value === 'string' ? value : this.#wrong(field, 'a string');
  }

  strings(field: string): string[] {
    const value = this.#get(field);
    const isStrings = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isStrings ? value : this.#wrong(field, 'a list of strings');
  }

  /** The value as it is, for the caller to check. */
  raw(field: string): unknown {
    return this.#get(field);
  }

  #get(field: string): unknown {
    const value = this.#fields[field];
    if (value === undefined) throw new FolderError(`${this.#where} has no "${field}"`);
    return value;
  }

  #wrong(field: string, wanted: string): never {
    throw new FolderError(
      `${this.#where}: "${field}" should be ${wanted}, is ${JSON.stringify(this.#fields[field])}`,
    );
  }
}
