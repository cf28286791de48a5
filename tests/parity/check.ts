/** Checks one golden folder, whatever its kind. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import { MediaError } from '@x-llm/media';
import { GraphError } from '@x-llm/onnx';
import { OrtError } from '@x-llm/ort';
import { type Comparison, passes } from './comparison.ts';
import { FolderError, GoldenFolder, goldenRoot } from './folder.ts';
import { isKindName, kindNames, kinds } from './kinds/index.ts';

export interface FolderReport {
  readonly folder: string;
  readonly kind: string;
  readonly comparisons: readonly Comparison[];
  /** What the folder holds that was not compared. */
  readonly notYet?: string;
  /** Why the folder could not be checked, or not to the end. */
  readonly problem?: string;
  readonly ok: boolean;
}

/** Never throws for what is wrong with the folder: that is in the report. */
export async function checkFolder(path: string): Promise<FolderReport> {
  try {
    using folder = new GoldenFolder(path);
    const { name } = folder;
    if (!isKindName(name)) {
      const known = kindNames.join(', ');
      throw new FolderError(`"${name}" is no kind of golden folder; a folder is called one of ${known}`);
    }
    for (const file of kinds[name].files) folder.file(file);
    const { check, notYet } = kinds[name];
    const comparisons = await check(folder);
    const ok = comparisons.every(passes);
    return { folder: folder.path, kind: name, comparisons, ok, ...(notYet ? { notYet } : {}) };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { folder: path, kind: '', comparisons: [], problem: error.message, ok: false };
  }
}

/** Errors that a folder's contents cause; others are mistakes in the program and keep their stack. */
const isExpected = (error: unknown): error is Error =>
  [MediaError, CheckpointError, FolderError, GraphError, OrtError, RangeError, SyntaxError].some(
    (type) => error instanceof type,
  );

/** The folders of this repository that there is a kind for; some are only referred to by others. */
export const ownFolders = (): string[] =>
  readdirSync(goldenRoot)
    .filter((name) => isKindName(name))
    .map((name) => join(goldenRoot, name));
