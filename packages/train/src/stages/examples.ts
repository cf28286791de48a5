/** Before anything learns: every medium is encoded, every text measured, and what does not fit is named. */
import type { DataSet, Example } from '../data/data-set.ts';
import { type MediaKind, mediaKinds, type Task } from '../data/record.ts';
import { listed, TrainError } from '../error.ts';
import type { MediaFeatures } from './encode.ts';
import type { TaskReport } from './lesson.ts';
import { whyUnreadable } from './read-media.ts';

export type MediaRows = Readonly<Partial<Record<MediaKind, number>>>;

/** Whether an example fits. */
export interface Fit {
  /** What the report calls its length. */
  readonly length: number;
  /** `cut`: only when it is cut. `no`: not at all. */
  readonly fits: 'whole' | 'cut' | 'no';
}

export interface PrepareOptions {
  readonly data: DataSet;
  readonly features: MediaFeatures;
  /** Given how many rows each of its media has. */
  readonly measure: (example: Example, rows: MediaRows) => Fit;
  readonly tooLong: 'skip' | 'cut' | 'refuse';
  readonly unreadable: 'skip' | 'refuse';
  readonly note: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Prepared {
  /** Examples that are learnt from, by their places in the data set. */
  readonly kept: Readonly<Partial<Record<Task, readonly number[]>>>;
  readonly reports: readonly TaskReport[];
}

/** How often a person hears how far it is. */
const noteEveryMs = 2000;
const mostNamed = 20;

/**
 * Goes through all examples once. Throws TrainError: `unreadable_media` and `does_not_fit` where these are refused, all of
 * them listed; `empty_data` when nothing is left.
 */
export async function prepareExamples(options: PrepareOptions): Promise<Prepared> {
  const { data, features, measure, note, signal } = options;
  const rowsOf = new Map<string, number | Error>();
  const named = { unreadable: [] as string[], tooLong: [] as string[] };
  const totals = { unreadable: 0, tooLong: 0 };
  const name = (kind: keyof typeof named, what: string) => {
    if (totals[kind]++ < mostNamed) named[kind].push(what);
  };
  const encode = async (kind: MediaKind, path: string): Promise<number | Error> => {
    const key = `${kind} ${path}`;
    const known = rowsOf.get(key);
    if (known !== undefined) return known;
    const found = await features.prepare(kind, path).catch((error: unknown) => {
      if (isDisks(error)) throw error;
      return new Error(whyUnreadable(error), { cause: error });
    });
    rowsOf.set(key, found);
    return found;
  };

  const total = data.tasks.reduce((sum, task) => sum + data.count(task), 0);
  let done = 0;
  let noted = performance.now();
  const kept: Partial<Record<Task, number[]>> = {};
  const reports: TaskReport[] = [];
  for (const task of data.tasks) {
    const places: number[] = [];
    const counts = { longest: 0, sum: 0, cut: 0, tooLong: 0, unreadable: 0 };
    for (let index = 0; index < data.count(task); index++) {
      signal?.throwIfAborted();
      if (performance.now() - noted > noteEveryMs) {
        note(`encoding media and measuring texts: ${done} of ${total}`);
        noted = performance.now();
      }
      done++;
      const example = await data.read(task, index);
      const rows: Partial<Record<MediaKind, number>> = {};
      let broken: string | undefined;
      for (const kind of mediaKinds) {
        const path = example[kind];
        if (path === undefined) continue;
        const found = await encode(kind, path);
        if (found instanceof Error) broken = `${example.place}: ${path}: ${found.message}`;
        else rows[kind] = found;
      }
      if (broken !== undefined) {
        counts.unreadable++;
        name('unreadable', broken);
        continue;
      }
      const { length, fits } = measure(example, rows);
      if (fits === 'no' || (fits === 'cut' && options.tooLong !== 'cut')) {
        counts.tooLong++;
        name('tooLong', `${example.place}: ${length} long`);
        continue;
      }
      if (fits === 'cut') counts.cut++;
      counts.longest = Math.max(counts.longest, length);
      counts.sum += length;
      places.push(index);
    }
    kept[task] = places;
    const { sum, ...rest } = counts;
    reports.push({ task, examples: places.length, mean: sum / Math.max(1, places.length), ...rest });
  }
  settle('unreadable', 'Media cannot be read', options.unreadable);
  settle('tooLong', 'Examples do not fit', options.tooLong === 'refuse' ? 'refuse' : 'skip');
  if (reports.every(({ examples }) => examples === 0)) {
    throw new TrainError('empty_data', 'No example is left to learn from.', 'See what was left out above.');
  }
  return { kept, reports };

  function settle(kind: keyof typeof named, what: string, how: 'skip' | 'refuse'): void {
    if (totals[kind] === 0) return;
    const list = listed(named[kind], totals[kind]);
    if (how === 'skip') {
      note(`${what}, and are left out:\n${list}`);
      return;
    }
    const code = kind === 'unreadable' ? 'unreadable_media' : 'does_not_fit';
    throw new TrainError(code, `${what}:\n${list}`, `Mend them or take them out, or set "${kind}": "skip".`);
  }
}

/** A full disk is no fault of a picture. */
const isDisks = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(ENOSPC|EROFS|EDQUOT|EMFILE|ENFILE)$/.test(String(error.code));
