/** Before anything learns: every medium is encoded, every text measured, and what does not fit is named. */
import { createHash } from 'node:crypto';
import type { DataSet, Example } from '../data/data-set.ts';
import { type MediaKind, mediaKinds, type Task } from '../data/record.ts';
import { listed, TrainError } from '../error.ts';
import type { LessonOptions } from './lesson.ts';
import { whyUnreadable } from './read-media.ts';
import type { Sizes } from './steps-by-shape.ts';

export type MediaRows = Readonly<Partial<Record<MediaKind, number>>>;

/** Whether an example fits. */
export interface Fit {
  /** What the report calls its length. */
  readonly length: number;
  /** What else of it decides how large a graph has to be. */
  readonly sizes?: Sizes;
  /** `cut`: only when it is cut. `no`: not at all. */
  readonly fits: 'whole' | 'cut' | 'no';
  /** What is too long for what, where it does not fit whole: `the answer has 300 tokens, "maxAnswerTokens" is 200`. */
  readonly why?: string;
}

/** `the answer has 300 tokens, "maxAnswerTokens" is 200`; undefined where it fits. */
export function overLimit<Limit extends string>(
  what: string,
  tokens: number,
  limit: Limit,
  config: Readonly<Record<Limit, number>>,
): string | undefined {
  const most = config[limit];
  return tokens > most ? `${what} has ${tokens} tokens, "${limit}" is ${most}` : undefined;
}

/** Given how many rows each of its media has. */
export type Measure = (example: Example, rows: MediaRows, isHeldOut: boolean) => Fit;

/** An example that fits. */
export interface Kept {
  /** Its place among the task's examples in the data set. */
  readonly index: number;
  readonly length: number;
  readonly sizes: Sizes;
}

/** Examples of a task, and what became of those that are left out. */
export interface TaskReport {
  readonly task: Task;
  readonly examples: number;
  /** Positions of the longest, media included; frames of features in stage 1 of speech. */
  readonly longest: number;
  readonly mean: number;
  readonly cut: number;
  readonly tooLong: number;
  readonly unreadable: number;
}

export interface Prepared {
  readonly data: DataSet;
  readonly kept: Readonly<Partial<Record<Task, readonly Kept[]>>>;
  readonly reports: readonly TaskReport[];
  /** Where something is held out, paths of the media of all examples that fit, by the SHA-256 of what they consist of. */
  readonly media: ReadonlyMap<string, string>;
  /** SHA-256 of what the media of all examples that fit consist of, in their order. */
  readonly mediaHash: string;
}

/** The examples of a task at these places among those that fit. */
export const readExamples = (
  { data, kept }: Prepared,
  { task, places }: { readonly task: Task; readonly places: readonly number[] },
): Promise<Example[]> =>
  Promise.all(places.map((place) => data.read(task, kept[task]?.[place]?.index ?? -1)));

/** How often a person hears how far it is. */
const noteEveryMs = 2000;
const mostNamed = 20;

/**
 * What is learnt from and what is held out. Throws TrainError: `unreadable_media` and `does_not_fit` where these are refused,
 * all of them listed; `empty_data` when nothing is left.
 */
export async function prepareExamples(
  options: LessonOptions,
  measure: Measure,
): Promise<{ readonly training: Prepared; readonly heldOut: Prepared | undefined }> {
  const training = await prepare(options, measure, { data: options.data });
  const { heldOut: data, config } = options;
  const heldOut = data && (await prepare(options, measure, { data, most: config.validation?.examples }));
  const learnt = [...(heldOut?.media ?? [])].filter(([content]) => training.media.has(content));
  if (heldOut && learnt.length > 0) {
    const some = listed(
      learnt.map(([, path]) => path),
      learnt.length,
      3,
    );
    options.note(
      `${learnt.length} of ${heldOut.media.size} media that are held out are learnt from, too: what is said of them is easier than of new ones\n${some}`,
    );
  }
  return { training, heldOut };
}

/** Goes through all examples once, or through `most` of each task that lie evenly among them. */
async function prepare(
  { config, features, note, signal, heldOut }: LessonOptions,
  measure: Measure,
  { data, most = Number.POSITIVE_INFINITY }: { readonly data: DataSet; readonly most?: number | undefined },
): Promise<Prepared> {
  const isHeldOut = data === heldOut;
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
    const found = await features.prepare(kind, path, { isHeldOut }).catch((error: unknown) => {
      if (isDisks(error)) throw error;
      return new Error(whyUnreadable(error), { cause: error });
    });
    rowsOf.set(key, found);
    return found;
  };

  const countOf = (task: Task) => Math.min(data.count(task), most);
  const total = data.tasks.reduce((sum, task) => sum + countOf(task), 0);
  let done = 0;
  let noted = performance.now();
  const kept: Partial<Record<Task, Kept[]>> = {};
  const reports: TaskReport[] = [];
  const media = new Map<string, string>();
  const hash = createHash('sha256');
  for (const task of data.tasks) {
    const fitting: Kept[] = [];
    const counts = { longest: 0, sum: 0, cut: 0, tooLong: 0, unreadable: 0 };
    for (let at = 0; at < countOf(task); at++) {
      const index = Math.floor((at * data.count(task)) / countOf(task));
      signal?.throwIfAborted();
      if (performance.now() - noted > noteEveryMs) {
        note(
          `encoding media and measuring texts${isHeldOut ? ' that are held out' : ''}: ${done} of ${total}`,
        );
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
      const { length, sizes = {}, fits, why = `${length} long` } = measure(example, rows, isHeldOut);
      if (fits === 'no' || (fits === 'cut' && config.tooLong !== 'cut')) {
        counts.tooLong++;
        name('tooLong', `${example.place}: ${why}`);
        continue;
      }
      if (fits === 'cut') counts.cut++;
      counts.longest = Math.max(counts.longest, length);
      counts.sum += length;
      fitting.push({ index, length, sizes: { length, ...sizes } });
      for (const kind of mediaKinds) {
        const path = example[kind];
        const content = path === undefined ? undefined : features.contentOf(path);
        if (path === undefined || content === undefined) continue;
        hash.update(content);
        if (heldOut) media.set(content, path);
      }
    }
    kept[task] = fitting;
    const { sum, ...rest } = counts;
    reports.push({ task, examples: fitting.length, mean: sum / Math.max(1, fitting.length), ...rest });
  }
  settle('unreadable', 'Media cannot be read', config.unreadable);
  settle('tooLong', 'Examples do not fit', config.tooLong === 'refuse' ? 'refuse' : 'skip');
  if (reports.every(({ examples }) => examples === 0)) {
    const what = isHeldOut ? 'No example is left that is held out.' : 'No example is left to learn from.';
    throw new TrainError('empty_data', what, 'See what was left out above.');
  }
  return { data, kept, reports, media, mediaHash: hash.digest('hex') };

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
