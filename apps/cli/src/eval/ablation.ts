/** What `--ablation` names: bundles to measure, and reports of those that were. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { EvaluationReport } from '@x-llm/tiny/evaluation';
import { findBundle } from '../paths.ts';
import { UserError } from '../user-error.ts';

export interface AblationModel {
  readonly name: string;
  readonly bundle: string;
  /** There when a file of numbers was named in place of a bundle. */
  readonly report?: EvaluationReport;
}

/** `NAME=DIR`, `NAME=FILE.json`, or either without a name, which is then that of the folder or file. */
export async function readAblation(given: readonly string[]): Promise<AblationModel[]> {
  const models: AblationModel[] = [];
  for (const one of given.filter((part) => part !== '')) {
    const equals = one.indexOf('=');
    const path = resolve(one.slice(equals + 1));
    const name = equals > 0 ? one.slice(0, equals) : basename(path, '.json');
    if (models.some((other) => other.name === name)) {
      throw new UserError(`--ablation names '${name}' twice.`, 'Name them apart: NAME=DIR,OTHER=DIR.');
    }
    models.push(
      path.endsWith('.json')
        ? { name, bundle: path, report: await readReport(path) }
        : { name, bundle: findBundle(path) },
    );
  }
  if (models.length < 2) {
    throw new UserError('--ablation compares two models or more.', 'Name them: full=DIR,without-stage1=DIR.');
  }
  return models;
}

async function readReport(path: string): Promise<EvaluationReport> {
  try {
    const report: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isReport(report)) return report;
    throw new Error('it is no report of this version');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${path} cannot be read: ${why}`, 'Write it with xllm eval --json FILE.', { cause });
  }
}

/** Files that this command wrote are not checked any further. */
function isReport(value: unknown): value is EvaluationReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'model' in value &&
    'settings' in value
  );
}
