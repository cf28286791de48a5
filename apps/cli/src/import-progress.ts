import { bytes } from './columns.ts';
import { createProgressLines, type Screen } from './progress.ts';

type Told = (done: number, total: number) => void;

/** What importing and composing tell of, on a line for each piece of work; the next wipes the one before. */
export interface ImportProgress {
  readonly onProgress: Told;
  readonly onMeasured: Told;
  readonly onCompared: Told;
  end(): void;
}

export function importProgress(out: Screen = process.stderr): ImportProgress {
  const lines = createProgressLines(out, (work) => (work === read ? { show: bytes } : {}));
  const tell =
    (what: string): Told =>
    (done, total) =>
      lines.update(what, done, total);
  return {
    onProgress: tell(read),
    onMeasured: tell('layers, for the perplexity'),
    onCompared: tell('blocks, the encoder beside what it was'),
    end: lines.end,
  };
}

/** Counted in bytes. */
const read = 'read';
