import { bytes } from './columns.ts';
import { createProgress, type Progress } from './progress.ts';

type Told = (done: number, total: number) => void;

/** What importing and composing tell of, on a line for each piece of work; the next wipes the one before. */
export interface ImportProgress {
  readonly onProgress: Told;
  readonly onMeasured: Told;
  readonly onCompared: Told;
  end(): void;
}

export function importProgress(out: Parameters<typeof createProgress>[0] = process.stderr): ImportProgress {
  let line: { what: string; progress: Progress } | undefined;
  const tell =
    (what: string, options?: Parameters<typeof createProgress>[1]): Told =>
    (done, total) => {
      if (line?.what !== what) {
        line?.progress.end();
        line = { what, progress: createProgress(out, options) };
      }
      line.progress.update(done, total, what);
    };
  return {
    onProgress: tell('read', { show: bytes }),
    onMeasured: tell('layers, for the perplexity'),
    onCompared: tell('blocks, the encoder beside what it was'),
    end: () => line?.progress.end(),
  };
}
