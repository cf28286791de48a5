/** The run folder: what was asked for, with what, and that a run goes on as it began. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataFile } from '../data/data-set.ts';
import { TrainError } from '../error.ts';
import { hasCheckpoint } from '../run-state.ts';
import type { StageConfig } from './config.ts';

const run = promisify(execFile);

/** May differ between the parts of one run: they change no result. */
const free: readonly (keyof StageConfig)[] = ['checkpointEvery', 'logEvery', 'cache', 'output'];

export interface RunRecord {
  readonly config: StageConfig;
  /** Steps in all. */
  readonly steps: number;
  readonly bundle: { readonly name: string; readonly sha256: string };
  readonly data: readonly DataFile[];
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
 * Makes the folder with `run.json`, or checks that the one there is of this run. Throws TrainError `other_run` that names
 * what differs, and `nothing_to_resume` when the folder should be there and is not.
 */
export async function openRunFolder(
  record: Omit<RunRecord, 'version' | 'revision' | 'startedAt'>,
  options: { readonly resume: boolean },
): Promise<void> {
  const { output } = record.config;
  const path = join(output, runFile);
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
    await writeFile(`${path}.part`, `${JSON.stringify(whole, null, 2)}\n`);
    await rename(`${path}.part`, path);
    return;
  }
  const differing = differences(before.config ?? {}, record.config);
  if (differing.length > 0) other(differing.join('; '));
  if (before.bundle?.sha256 !== record.bundle.sha256) other('the bundle has changed');
  for (const { path: file, sha256 } of record.data) {
    if (!before.data?.some((one) => one.path === file && one.sha256 === sha256)) other(`${file} has changed`);
  }
  if (before.steps !== record.steps) other(`it has ${before.steps} steps, this one ${record.steps}`);
}

/** `batch was 4, is 8` */
function differences(before: Partial<StageConfig>, now: StageConfig): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof StageConfig)[];
  return keys.flatMap((key) => {
    const [was, is] = [JSON.stringify(before[key]), JSON.stringify(now[key])];
    return free.includes(key) || was === is ? [] : [`${key} was ${was}, is ${is}`];
  });
}

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
