/** Data files on disk: checked from end to end once, then read line by line where they are asked for. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { listed, TrainError } from '../error.ts';
import { type Line, readLines } from './jsonl.ts';
import {
  answersOf,
  type DataRecord,
  mediaKinds,
  recordSchema,
  type Task,
  taskNames,
  taskOf,
} from './record.ts';

/** One answer to be learnt, with all that comes before it. Paths are absolute. */
export interface Example {
  readonly task: Task;
  readonly image?: string;
  readonly audio?: string;
  readonly video?: string;
  /** The conversation up to the question. */
  readonly messages: DataRecord['messages'];
  readonly answer: string;
  /** `pairs.jsonl:17`, for messages about it. */
  readonly place: string;
}

export interface DataFile {
  readonly path: string;
  readonly sha256: string;
  readonly lines: number;
}

export interface DataSource {
  readonly file: string;
  /** What its lines are for that do not say it. */
  readonly task?: Task;
}

interface Entry {
  readonly file: number;
  readonly line: number;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly answer: number;
}

const wanted =
  'Each line is JSON such as {"image": "cat.png", "messages": [{"role": "user", "content": "What is this?"}, {"role": "assistant", "content": "A cat."}]}; see docs/training.md.';

/** Faults that are kept to be listed; the rest is only counted. */
const mostFaults = 20;

class Faults {
  readonly kept: string[] = [];
  total = 0;

  add(fault: string): void {
    this.total++;
    if (this.kept.length < mostFaults) this.kept.push(fault);
  }

  throwIfAny(code: 'invalid_data' | 'missing_media', what: string, advice: string): void {
    if (this.total === 0) return;
    throw new TrainError(code, `${what}\n${listed(this.kept, this.total)}`, advice);
  }
}

export class DataSet implements AsyncDisposable {
  readonly files: readonly DataFile[];
  readonly #handles: readonly FileHandle[];
  readonly #sources: readonly DataSource[];
  readonly #entries: Readonly<Record<Task, Entry[]>>;

  private constructor(
    files: readonly DataFile[],
    handles: readonly FileHandle[],
    sources: readonly DataSource[],
    entries: Record<Task, Entry[]>,
  ) {
    this.files = files;
    this.#handles = handles;
    this.#sources = sources;
    this.#entries = entries;
  }

  /**
   * Reads all files once: every line is checked, every medium looked for. Memory holds where the lines are, not what
   * they say. Throws TrainError, listing what is wrong by file and line: `invalid_data`, `missing_media` (all of them at
   * once), `empty_data`.
   */
  static async open(sources: readonly DataSource[]): Promise<DataSet> {
    const entries = Object.fromEntries(taskNames.map((task) => [task, [] as Entry[]])) as Record<
      Task,
      Entry[]
    >;
    const files: DataFile[] = [];
    const invalid = new Faults();
    const missing = new Faults();
    for (const [file, source] of sources.entries()) {
      const hash = createHash('sha256');
      let lines = 0;
      try {
        for await (const line of readLines(source.file, (bytes) => hash.update(bytes))) {
          const place = `${source.file}:${line.number}`;
          const record = parseLine(line, source.task, (fault) => invalid.add(`${place}: ${fault}`));
          if (!record) continue;
          lines++;
          for (const kind of mediaKinds) {
            const path = record[kind];
            if (path === undefined || existsSync(resolve(dirname(source.file), path))) continue;
            missing.add(`${place}: ${kind} ${path}`);
          }
          for (const answer of answersOf(record)) {
            const { offset, bytes } = line;
            const task = taskOf(record);
            entries[task].push({ file, line: line.number, offset, sizeBytes: bytes.length, answer });
          }
        }
      } catch (error) {
        if (error instanceof RangeError) invalid.add(error.message);
        else throw cannotRead(source.file, error);
      }
      files.push({ path: source.file, sha256: hash.digest('hex'), lines });
    }
    invalid.throwIfAny('invalid_data', 'The data cannot be used:', wanted);
    missing.throwIfAny(
      'missing_media',
      'Media are missing:',
      'Paths are relative to the file that names them. Put the media there, or take the lines out.',
    );
    const empty = files.find(({ lines }) => lines === 0);
    if (empty) throw new TrainError('empty_data', `${empty.path} has no examples.`, wanted);
    const handles = await Promise.all(sources.map(({ file }) => open(file)));
    return new DataSet(files, handles, sources, entries);
  }

  /** Examples of a task. */
  count(task: Task): number {
    return this.#entries[task].length;
  }

  /** Tasks that have examples. */
  get tasks(): Task[] {
    return taskNames.filter((task) => this.count(task) > 0);
  }

  /** Example `index` of a task, in the order of the files. */
  async read(task: Task, index: number): Promise<Example> {
    const entry = this.#entries[task][index];
    const handle = entry && this.#handles[entry.file];
    const source = entry && this.#sources[entry.file];
    if (!entry || !handle || !source) {
      throw new RangeError(`there is no example ${index} of ${this.count(task)} of ${task}`);
    }
    const bytes = new Uint8Array(entry.sizeBytes);
    await handle.read(bytes, 0, bytes.length, entry.offset);
    const place = `${source.file}:${entry.line}`;
    const record = parseLine({ number: entry.line, offset: entry.offset, bytes }, source.task, (fault) => {
      throw new TrainError('invalid_data', `${place}: ${fault}; the file was changed`, 'Start again.');
    });
    const answer = record?.messages[entry.answer]?.content;
    if (!record || answer === undefined) {
      throw new TrainError('invalid_data', `${place}: the file was changed`, 'Start again.');
    }
    const media = mediaKinds.flatMap((kind) => {
      const path = record[kind];
      return path === undefined ? [] : [[kind, resolve(dirname(source.file), path)]];
    });
    const messages = record.messages.slice(0, entry.answer);
    return { task, ...Object.fromEntries(media), messages, answer, place };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#handles.map((handle) => handle.close()));
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** `task` is for a line that names none. Undefined for a blank line, and when `refuse` returns. */
function parseLine(
  { bytes }: Line,
  task: Task | undefined,
  refuse: (fault: string) => void,
): DataRecord | undefined {
  let text: string;
  let json: unknown;
  try {
    text = decoder.decode(bytes);
  } catch {
    return void refuse('is not UTF-8');
  }
  if (text.trim() === '') return undefined;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return void refuse(`is not JSON (${error instanceof Error ? error.message : error})`);
  }
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const parsed = recordSchema.safeParse(task && isObject ? { task, ...(json as object) } : json);
  if (parsed.success) return parsed.data;
  refuse(faultsOf(parsed.error));
}

/** `messages.0.role: expected …; task: …` */
export const faultsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ');

function cannotRead(file: string, error: unknown): TrainError {
  const why =
    error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'is not there'
      : `cannot be read: ${error instanceof Error ? error.message : error}`;
  return new TrainError(
    'invalid_data',
    `${file} ${why}.`,
    'Name a JSONL file under "data"; paths are relative to the config.',
    {
      cause: error,
    },
  );
}
