/**
 * Gets a pinned data package through the user's own npm (so that its registry settings are honoured), checks the
 * tarball against the pinned integrity and unpacks the files we need into an ignored folder.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar';
import type { DataPackage } from './packages.ts';

const run = promisify(execFile);

/** Repository root; npm runs there so that the project's `.npmrc` counts. */
const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where packages and packed pictures are cached: `.xllm/data`, ignored by git. */
export const defaultCacheDir = join(repositoryRoot, '.xllm', 'data');

export interface FetchOptions {
  cacheDir?: string;
  /** Told what is going on, one line per event. */
  onProgress?: (line: string) => void;
}

/** Folder a package is unpacked in, whether or not it is there yet. */
export function packageDir(source: DataPackage, cacheDir = defaultCacheDir): string {
  return join(cacheDir, 'packages', `${source.name.replace('/', '+')}@${source.version}`);
}

export function isFetched(source: DataPackage, cacheDir = defaultCacheDir): boolean {
  return existsSync(join(packageDir(source, cacheDir), '.complete'));
}

/**
 * Returns the folder with the unpacked files, fetching them on first use.
 *
 *     const dir = await fetchPackage(trainingPackages.noto)
 *
 * @throws if npm fails or if the tarball is not the one that was pinned.
 */
export async function fetchPackage(source: DataPackage, options: FetchOptions = {}): Promise<string> {
  const cacheDir = options.cacheDir ?? defaultCacheDir;
  const target = packageDir(source, cacheDir);
  if (isFetched(source, cacheDir)) return target;
  await mkdir(join(cacheDir, 'packages'), { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'packages', 'part-'));
  try {
    options.onProgress?.(`fetching ${source.name}@${source.version}`);
    const tarball = await npmPack(`${source.name}@${source.version}`, work);
    await verify(tarball, source);
    const unpacked = join(work, 'unpacked');
    await mkdir(unpacked);
    await extract({
      file: tarball,
      cwd: unpacked,
      strip: 1,
      filter: (path) =>
        source.keep.test(path.replace(/^[^/]+\//, '')) || /\/(licen[cs]e|package\.json)/i.test(path),
    });
    await writeFile(join(unpacked, '.complete'), `${source.integrity}\n`);
    await rm(target, { recursive: true, force: true });
    await rename(unpacked, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}

async function npmPack(spec: string, destination: string): Promise<string> {
  const args = ['pack', spec, '--pack-destination', destination, '--ignore-scripts', '--silent'];
  try {
    const { stdout } = await run('npm', args, {
      cwd: repositoryRoot,
      maxBuffer: 1 << 26,
      shell: process.platform === 'win32', // npm is a .cmd there
    });
    const name = stdout.trim().split('\n').at(-1);
    if (!name) throw new Error('npm pack printed no file name');
    return join(destination, name);
  } catch (cause) {
    throw new Error(
      `could not fetch ${spec} with npm: check the network and \`npm config get registry\`, then run again`,
      {
        cause,
      },
    );
  }
}

async function verify(tarball: string, source: DataPackage): Promise<void> {
  const actual = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (actual !== source.integrity) {
    throw new Error(
      `${source.name}@${source.version}: expected integrity ${source.integrity}, got ${actual}`,
    );
  }
}
