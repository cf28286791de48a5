import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type AblationReport,
  ablationOf,
  type EvaluationPart,
  type EvaluationReport,
  evaluateFolder,
  type FolderReport,
  hasPictures,
  type MeasureData,
  measure,
  openMeasureData,
  partsOf,
  readLabels,
  type SectionOptions,
  writeCard,
  writeSheet,
} from '@x-llm/tiny/evaluation';
import { readAblation } from './eval/ablation.ts';
import { ablationTable } from './eval/media-tables.ts';
import { folderTable, reportTable } from './eval/table.ts';
import { loadModel } from './model.ts';
import { findBundle, paths } from './paths.ts';
import { createProgressLines } from './progress.ts';
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
  only?: EvaluationPart;
  ablation?: readonly string[];
}

/** `xllm eval`: accuracy through the whole chat path, on what the model never saw or heard, or on one's own pictures. */
export async function runEval(options: EvalOptions): Promise<void> {
  if (options.ablation !== undefined) return measureSeveral(options.ablation, options);
  const bundle = findBundle(options.bundle);
  const { pictures, labels } = options;
  if (pictures === undefined || labels === undefined) return measureWorld(bundle, options);
  await measureFolder(bundle, resolve(pictures), resolve(labels), options);
}

async function measureWorld(bundle: string, options: EvalOptions): Promise<void> {
  const { report, data } = await measureBundle(bundle, options);
  console.log(reportTable(report));
  await save(report, options.json);
  if (!hasPictures(report)) return;
  if (options.sheet !== undefined) {
    await writeSheet(report, data.pictures, resolve(options.sheet));
    console.log(`Confusions: ${options.sheet}`);
  }
  if (options.card !== undefined) {
    await writeCard(report, data, { file: resolve(options.card), bundle, runs: paths.tinyRuns });
    console.log(`Model card: ${options.card}`);
  }
}

async function measureSeveral(given: readonly string[], options: EvalOptions): Promise<void> {
  const models = await readAblation(given);
  const measuredOnes: { name: string; report: EvaluationReport }[] = [];
  for (const { name, bundle, report } of models) {
    if (report === undefined) console.error(`Measuring ${name}`);
    measuredOnes.push({ name, report: report ?? (await measureBundle(bundle, options)).report });
  }
  const ablation = ablationOf(measuredOnes);
  console.log(ablationTable(ablation));
  await save(ablation, options.json);
}

async function measureBundle(
  bundle: string,
  options: EvalOptions,
): Promise<{ report: EvaluationReport; data: MeasureData }> {
  const { quick = false } = options;
  return measured(bundle, options, async (engine, asking) => {
    const parts = chosenParts(engine, options.only);
    const data = await openData(engine, parts, quick);
    const openTold = async () => (await import('@x-llm/engine/evaluation')).loadCaptionEngine(bundle);
    return { report: await measure(engine, data, { ...asking, parts, openTold, quick }), data };
  });
}

function chosenParts(engine: LoadedModel, only: EvaluationPart | undefined): EvaluationPart[] {
  try {
    return partsOf(engine.model, only);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UserError(cause.message, 'Leave --only out: what the model takes is measured.', { cause });
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

async function openData(
  engine: LoadedModel,
  parts: readonly EvaluationPart[],
  quick: boolean,
): Promise<MeasureData> {
  try {
    return await openMeasureData(engine, parts, { quick, onProgress: (line) => console.error(line) });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The test pictures are not here: ${why}`,
      'They come once through npm and are then kept in .xllm/data: connect to the network and run this again.',
      { cause },
    );
  }
}

type LoadedModel = Awaited<ReturnType<typeof loadModel>>;

/** Loads the model, shows progress while `work` asks it, and closes it. */
async function measured<T>(
  bundle: string,
  { limit }: EvalOptions,
  work: (engine: LoadedModel, asking: SectionOptions) => Promise<T>,
): Promise<T> {
  const signal = stopSignal();
  const engine = await loadModel(bundle);
  const progress = createProgressLines();
  try {
    return await work(engine, {
      concurrency,
      signal,
      onProgress: ({ done, total, what }) => progress.update('questions', done, total, what),
      ...(limit === undefined ? {} : { limit }),
    });
  } finally {
    progress.end();
    await engine.close();
  }
}

async function save(
  report: EvaluationReport | AblationReport | FolderReport,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) return;
  await writeFile(resolve(file), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Numbers: ${file}`);
}
