/** Data of other projects as data files. A new form is a file here and a row below. */
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { TrainError } from '../../error.ts';
import { faultsOf } from '../data-set.ts';
import { mediaKinds, recordSchema } from '../record.ts';
import type { Importer, ImportOptions } from './importer.ts';
import { importLlava } from './llava.ts';
import { importXLlm } from './x-llm.ts';

export const importers = { llava: importLlava, 'x-llm': importXLlm } as const satisfies Record<
  string,
  Importer
>;
export type ImportForm = keyof typeof importers;

/** `https://…` or `data:…`, and not the `C:` of a path. */
const isAddress = /^[a-z][a-z0-9+.-]+:/i;

/** Node's strings end here. */
const mostBytes = 500 * 1024 * 1024;

export interface ImportReport {
  readonly written: number;
  readonly leftOut: number;
  /** The first of those that were left out, each with its reason. */
  readonly reasons: readonly string[];
}

/**
 * Reads a JSON array, or JSON lines, and writes a data file. Media paths are taken as relative to `media`, the folder of the
 * input unless given, and written relative to the output. Records that cannot be used are left out and counted. Throws
 * TrainError `invalid_data` for a file that is neither, and `empty_data` when nothing is left.
 */
export async function importData(
  from: ImportForm,
  input: string,
  output: string,
  options: ImportOptions & { readonly media?: string } = {},
): Promise<ImportReport> {
  if (resolve(input) === resolve(output)) {
    throw new TrainError(
      'invalid_data',
      `${output} would take the place of what it is made from.`,
      'Give the data file another name.',
    );
  }
  const records = await readRecords(input);
  const media = resolve(options.media ?? dirname(input));
  const target = dirname(resolve(output));
  const lines: string[] = [];
  const reasons: string[] = [];
  let leftOut = 0;
  const leave = (index: number, why: string) => {
    if (leftOut++ < 20) reasons.push(`record ${index}: ${why}`);
  };
  for (const [index, record] of records.entries()) {
    const imported = importers[from](record, index, options);
    if (typeof imported === 'string') {
      leave(index, imported);
      continue;
    }
    const address = mediaKinds.map((kind) => imported[kind]).find((path) => path && isAddress.test(path));
    if (address !== undefined) {
      leave(index, `${address.slice(0, 80)} is no file: fetch it, and name it by its path`);
      continue;
    }
    const moved = { ...imported };
    for (const kind of mediaKinds) {
      const path = imported[kind];
      if (path !== undefined) moved[kind] = relative(target, resolve(media, path)).split(sep).join('/');
    }
    const checked = recordSchema.safeParse(moved);
    if (checked.success) lines.push(`${JSON.stringify(checked.data)}\n`);
    else leave(index, faultsOf(checked.error));
  }
  if (lines.length === 0) {
    throw new TrainError(
      'empty_data',
      `${input} holds nothing that can be used.\n${reasons.join('\n')}`,
      'Is it of the form that --from names?',
    );
  }
  await mkdir(target, { recursive: true });
  const part = await open(`${output}.part`, 'w');
  try {
    for (const line of lines) await part.write(line);
  } finally {
    await part.close();
  }
  await rename(`${output}.part`, output);
  return { written: lines.length, leftOut, reasons };
}

async function readRecords(input: string): Promise<unknown[]> {
  const fail = (why: string, cause?: unknown): never => {
    throw new TrainError(
      'invalid_data',
      `${input} ${why}.`,
      'Give a JSON array of records, or one record a line.',
      {
        cause,
      },
    );
  };
  let content = '';
  try {
    const { size } = await stat(input);
    if (size > mostBytes) fail(`has ${size} bytes; ${mostBytes} are the most, split it`);
    content = (await readFile(input, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof TrainError) throw error;
    fail(`cannot be read: ${error instanceof Error ? error.message : error}`, error);
  }
  try {
    const parsed: unknown = JSON.parse(content);
    if (Array.isArray(parsed)) return parsed;
    return [parsed];
  } catch (error) {
    const lines = content.split('\n');
    // Lines, if the first of them is JSON by itself.
    if (!isJson(lines.find((line) => line.trim() !== '') ?? ''))
      fail('is neither JSON nor JSON lines', error);
    return lines.flatMap((line, index) => {
      if (line.trim() === '') return [];
      if (!isJson(line)) fail(`is JSON lines, but line ${index + 1} is no JSON`);
      return [JSON.parse(line) as unknown];
    });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
