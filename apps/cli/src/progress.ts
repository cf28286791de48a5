/** One line that is drawn over on a terminal; elsewhere a line per tenth of the work. */
export interface Progress {
  update(done: number, total: number, what: string): void;
  /** Wipes the line. */
  end(): void;
}

export type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write(text: string): boolean };

export interface ProgressOptions {
  /** What was done before, when it starts: no measure of how long the rest takes. */
  readonly from?: number;
  /** How a count reads. */
  readonly show?: (count: number) => string;
}

/** On standard error, so that it never mixes with results. */
export function createProgress(
  out: Screen = process.stderr,
  { from = 0, show = String }: ProgressOptions = {},
): Progress {
  const start = performance.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let tenth = 0;
  return {
    update(done, total, what) {
      const now = performance.now();
      const left = done > from ? `, ${clock(((now - start) / (done - from)) * (total - done))} left` : '';
      const numbers = `${show(done)} of ${show(total)}${left}: ${what}`;
      if (out.isTTY) {
        if (now - shownAt < 100 && done < total) return;
        shownAt = now;
        const filled = Math.floor((20 * done) / total);
        const line = `${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${numbers}`;
        out.write(`\r\u001b[K${line.slice(0, out.columns - 1)}`);
      } else if (Math.floor((10 * done) / total) > tenth) {
        tenth = Math.floor((10 * done) / total);
        out.write(`${numbers}\n`);
      }
    },
    end() {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}

/** Pieces of work one after the other, each counted anew. */
export interface ProgressLines {
  /** `work` tells the pieces apart; one whose count falls has begun anew. */
  update(work: string, done: number, total: number, what?: string): void;
  end(): void;
}

/** A line for each piece of work; the next wipes the one before. What a piece has done when it is first told of may be no work of now. */
export function createProgressLines(
  out: Screen = process.stderr,
  optionsOf: (work: string, done: number) => ProgressOptions = () => ({}),
): ProgressLines {
  let line: { readonly work: string; done: number; readonly progress: Progress } | undefined;
  return {
    update(work, done, total, what = work) {
      if (line?.work !== work || done < line.done) {
        line?.progress.end();
        line = { work, done, progress: createProgress(out, optionsOf(work, done)) };
      }
      line.done = done;
      line.progress.update(done, total, what);
    },
    end: () => line?.progress.end(),
  };
}

/** `2:03`. */
function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
