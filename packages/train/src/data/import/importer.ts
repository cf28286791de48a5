/** What an importer gives for one record of another project's data. */
import type { z } from 'zod';
import type { recordSchema } from '../record.ts';

export type ImportedRecord = z.input<typeof recordSchema>;

export interface ImportOptions {
  /** What captions and conversations are about, where the form does not say it. */
  readonly task?: 'vl' | 'video';
}

/** A record, or why it is left out. `index` counts from 0. */
export type Importer = (record: unknown, index: number, options: ImportOptions) => ImportedRecord | string;
