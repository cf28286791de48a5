/** What an importer gives for one record of another project's data. */
import type { z } from 'zod';
import type { recordSchema, Task } from '../record.ts';

export type ImportedRecord = z.input<typeof recordSchema>;

export interface ImportOptions {
  /** What captions are of, where the form does not say it. */
  readonly task?: Task;
}

/** A record, or why it is left out. `index` counts from 0. */
export type Importer = (record: unknown, index: number, options: ImportOptions) => ImportedRecord | string;
