import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type EvaluationData,
  type EvaluationReport,
  evaluate,
  evaluateFolder,
  type FolderReport,
  openEvaluationData,
  readLabels,
  writeCard,
  writeSheet,
} from '@x-llm/tiny/evaluation';
import { createProgress } from './eval/progress.ts';
import { folderTable, reportTable } from './eval/table.ts';
import { loadModel } from './model.ts';
import { findBundle, paths } from './paths.ts';
import { stopSignal } from './stop.ts';
import { UserError } from './user-error.ts';

/** More than an engine's slots, so that none stands empty; far less than its queue holds. */
const concurrency = 8;

export interface EvalOptions {
  bundle?: string;
  json?: string;
  card?: string;
  sheet?: string;
  quick?: boolean;
  limit?: number;
  pictures?: string;
  labels?: string;
}

/** `xllm eval`: accuracy through the whole chat path, on pictures that the model never saw or on one's own. */
export async function runEval(options: EvalOptions): Promise<void> {
  const bundle = findBundle(options.bundle);
  const { pictures, labels } = options;
  if (pictures === undefined || labels === undefined) return measureWorld(bundle, options);
  await measureFolder(bundle, resolve(pictures), resolve(labels), options);
}

async function measureWorld(bundle: string, options: EvalOptions): Promise<void> {
  const data = await openData();
  const report = await measured(bundle, options, (engine, asking) =>
    evaluate(engine, data, { ...asking, ...(options.quick ? { quick: true } : {}) }),
  );
  console.log(reportTable(report));
  await save(report, options.json);
  if (options.sheet !== undefined) {
    await writeSheet(report, data, resolve(options.sheet));
    console.log(`Confusions: ${options.sheet}`);
  }
  if (options.card !== undefined) {
    await writeCard(report, data, { file: resolve(options.card), bundle, runs: paths.tinyRuns });
    console.log(`Model card: ${options.card}`);
  }
}

async function measureFolder(
  bundle: string,
  folder: string,
  labels: string,
  options: EvalOptions,
): Promise<void> {
  const known = await readLabels(labels, folder).catch((cause: Error) => {
    throw new UserError(cause.message, 'Each line is like {"file": "cat.jpg", "en": "cat", "zh": "猫"}.', {
      cause,
    });
  });
  const report = await measured(bundle, options, (engine, asking) =>
    evaluateFolder(engine, folder, known, asking),
  );
  console.log(folderTable(report));
  await save(report, options.json);
}

async function openData(): Promise<EvaluationData> {
  try {
    return await openEvaluationData({ onProgress: (line) => console.error(line) });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The test pictures are not here: ${why}`,
      'They come once through npm and are then kept in .xllm/data: connect to the network and run this again.',
      { cause },
    );
  }
}

type Asking = Parameters<typeof evaluateFolder>[3] & object;

/** Loads the model, shows progress while `measure` asks it, and closes it. */
async function measured<T>(
  bundle: string,
  { limit }: EvalOptions,
  measure: (engine: Awaited<ReturnType<typeof loadModel>>, asking: Asking) => Promise<T>,
): Promise<T> {
  const signal = stopSignal();
  const engine = await loadModel(bundle);
  const progress = createProgress();
  try {
    return await measure(engine, {
      concurrency,
      signal,
      onProgress: ({ done, total, what }) => progress.update(done, total, what),
      ...(limit === undefined ? {} : { limit }),
    });
  } finally {
    progress.end();
    await engine.close();
  }
}

async function save(report: EvaluationReport | FolderReport, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  await writeFile(resolve(file), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Numbers: ${file}`);
}
