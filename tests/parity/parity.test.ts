import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFolder, ownFolders } from './check.ts';
import { passes } from './comparison.ts';
import { goldenRoot } from './folder.ts';

describe('the models compute what the references computed', () => {
  test.each(ownFolders().map((path) => ({ name: basename(path), path })))('$name', async ({ path }) => {
    const { comparisons, problem } = await checkFolder(path);
    expect(problem).toBeUndefined();
    expect(comparisons.length).toBeGreaterThan(0);
    expect(comparisons.filter((comparison) => !passes(comparison))).toEqual([]);
  });
});

describe('the runner', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parity-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** A copy of the golden folder `eva-vit` whose expectations `change` alters. */
  async function altered(
    place: string,
    change: (name: string, data: Float32Array) => string,
  ): Promise<string> {
    const path = join(folder, place, 'eva-vit');
    await cp(join(goldenRoot, 'eva-vit'), path, { recursive: true });
    using file = await openSafetensors(join(goldenRoot, 'eva-vit/expected.safetensors'));
    const tensors = [...file.tensors].map(([name, { shape }]) => {
      const data = file.readFloat32(name).slice();
      return { dtype: 'float32' as const, name: change(name, data), shape, data };
    });
    await writeSafetensors(join(path, 'expected.safetensors'), tensors);
    return path;
  }

  const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  test('a value just outside its tolerance fails, and only that tensor', async () => {
    const path = await altered('off', (name, data) => {
      const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (name === 'out') data[0] = (data[0] ?? 0) + 4e-5 * scale;
      return name;
    });
    const { comparisons, ok } = await checkFolder(path);
    expect(ok).toBe(false);
    expect(comparisons.filter((comparison) => !passes(comparison)).map(({ tensor }) => tensor)).toEqual([
      'out',
      "out, from Hugging Face's names",
    ]);
  });

  test('an expectation that nothing computes fails', async () => {
    const path = await altered('unknown', (name) => (name === 'block.2' ? 'block.9' : name));
    const { comparisons } = await checkFolder(path);
    const missed = comparisons.filter((comparison) => !passes(comparison));
    expect(missed.map(({ tensor, problem }) => `${tensor} ${problem}`)).toEqual(['block.9 was not computed']);
  });

  test('says which file is missing, and which kinds there are', async () => {
    const path = await altered('missing', (name) => name);
    await rm(join(path, 'weights_lavis.safetensors'));
    expect((await checkFolder(path)).problem).toContain('has no weights_lavis.safetensors');
    expect((await checkFolder(folder)).problem).toMatch(/is no kind of golden folder; .* eva-vit, .*qformer/);
    expect((await checkFolder(join(folder, 'nowhere'))).problem).toContain('there is no folder');
  });

  test('the command exits with 0, 1 and 2', async () => {
    const good = await run('--json', join(goldenRoot, 'eva-vit'));
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject([{ kind: 'eva-vit', ok: true }]);
    const path = await altered('wrong', (name, data) => {
      data.fill(0);
      return name;
    });
    const bad = await run(path);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('10 of 10 missed');
    expect((await run('--nonsense')).code).toBe(2);
  });
});
