/** The run folder: what was asked for, with what, and that a run goes on as it began. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { DataFile } from '../data/data-set.ts';
import { TrainError } from '../error.ts';
import { hasCheckpoint } from '../run-state.ts';
import type { StageConfig } from './config.ts';

const run = promisify(execFile);

/**
 * May differ between the parts of one run: they change nothing that is learnt, or only how much of it (`validation`, which
 * weights are kept). Bundle and data are known by what they consist of, not by where they lie; lengths are seen to apart.
 */
const free: readonly (keyof StageConfig)[] = [
  'bundle',
  'cache',
  'checkpointEvery',
  'data',
  'epochs',
  'logEvery',
  'output',
  'steps',
  'threads',
  'validation',
];

export interface RunRecord {
  readonly config: StageConfig;
  /** Steps in all. */
  readonly steps: number;
  readonly bundle: { readonly name: string; readonly sha256: string };
  readonly data: readonly DataFile[];
  /** SHA-256 of the media that are learnt from. */
  readonly mediaSha256: string;
  /** How many steps the run was to have before it was made longer. */
  readonly lengths?: readonly number[];
  /** Of the package, and the revision of the repository it runs from, if it is one. */
  readonly version: string;
  readonly revision?: string;
  readonly startedAt: string;
}

const runFile = 'run.json';

/** What the `run.json` of a run folder says; undefined where there is none. Throws SyntaxError for one that is not JSON. */
export async function readRunRecord(folder: string): Promise<Partial<RunRecord> | undefined> {
  const json = await readFile(join(folder, runFile), 'utf8').catch(() => undefined);
  return json === undefined ? undefined : (JSON.parse(json) as Partial<RunRecord>);
}

/**
 * Makes the folder with `run.json`, or checks that the one there is of this run, which may be made longer. Throws TrainError
 * `other_run` that names what differs, and `nothing_to_resume` when the folder should be there and is not.
 */
export async function openRunFolder(
  record: Omit<RunRecord, 'version' | 'revision' | 'startedAt' | 'lengths'>,
  options: { readonly resume: boolean; readonly note: (line: string) => void },
): Promise<void> {
  const { output } = record.config;
  const other = (why: string): never => {
    throw new TrainError(
      'other_run',
      `${output} is of another run: ${why}.`,
      'Choose another "output", or remove that folder to begin anew.',
    );
  };
  const before = await readRunRecord(output).catch(() => other(`${runFile} is not JSON`));
  if (before === undefined) {
    if (await hasCheckpoint(output)) other(`it has checkpoints, and no ${runFile} to say of what`);
    if (options.resume) {
      throw new TrainError(
        'nothing_to_resume',
        `${output} holds no run.`,
        'Leave out --resume to begin one.',
      );
    }
    await mkdir(output, { recursive: true });
    const revision = await gitRevision();
    const whole: RunRecord = {
      ...record,
      version: await packageVersion(),
      ...(revision === undefined ? {} : { revision }),
      startedAt: new Date().toISOString(),
    };
    return writeRunRecord(output, whole);
  }
  const differing = differences(before.config ?? {}, record.config);
  if (differing.length > 0) other(differing.join('; '));
  if (before.bundle?.sha256 !== record.bundle.sha256) other('the bundle has changed');
  const files = before.data ?? [];
  if (files.length !== record.data.length) {
    other(`it learns from ${files.length} files, this one from ${record.data.length}`);
  }
  for (const [at, { path: file, sha256 }] of record.data.entries()) {
    const same =
      files[at]?.sha256 === sha256 && before.config?.data?.[at]?.task === record.config.data[at]?.task;
    if (!same) other(`${file} has changed`);
  }
  if (before.mediaSha256 !== undefined && before.mediaSha256 !== record.mediaSha256) {
    other('pictures, recordings or videos that it learns from have changed');
  }
  const { steps = 0, lengths = [] } = before;
  if (steps > record.steps) other(`it has ${steps} steps, this one ${record.steps}`);
  const isLonger = steps < record.steps;
  if (isLonger) {
    const now = `${record.steps} now, and the rate as in a run of that length`;
    options.note(`made longer: ${steps} steps before, ${now}`);
  }
  // What was moved, too.
  const longer = isLonger ? { lengths: [...lengths, steps] } : {};
  await writeRunRecord(output, { ...(before as RunRecord), ...record, ...longer });
}

async function writeRunRecord(output: string, record: RunRecord): Promise<void> {
  const path = join(output, runFile);
  await writeFile(`${path}.part`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

/** `batch was 4, is 8` */
function differences(before: Partial<StageConfig>, now: StageConfig): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof StageConfig)[];
  return keys.flatMap((key) => {
    const [was, is] = [shown(before, key), shown(now, key)];
    return free.includes(key) || was === is ? [] : [`${key} was ${was}, is ${is}`];
  });
}

/** A noise is known by its name, for a run may be moved with its data. */
const shown = (config: Partial<StageConfig>, key: keyof StageConfig): string =>
  JSON.stringify(
    key === 'augment' && config.augment?.noise
      ? {
          ...config.augment,
          noise: { ...config.augment.noise, files: config.augment.noise.files.map((file) => basename(file)) },
        }
      : config[key],
  );

const folder = import.meta.dirname;

async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, '../../package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** With `-changed` when there are changes that are not committed. */
async function gitRevision(): Promise<string | undefined> {
  try {
    const { stdout } = await run(
      'git',
      ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty=-changed'],
      {
        cwd: folder,
        timeout: 10_000,
      },
    );
    return stdout.trim();
  } catch {
    return undefined; // no git, or no repository
  }
}
