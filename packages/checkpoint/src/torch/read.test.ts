import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { openTorch } from './read.ts';
import { TorchDType, TorchTensor, type TorchValue } from './values.ts';

/** Files of PyTorch 2.13 and hostile ones, with what they hold: see the README there. */
const golden = join(import.meta.dirname, '../../../../tests/parity/golden/torch-pickle');

interface ExpectedTensor {
  dtype: string;
  shape: number[];
  sha256: string;
}
interface Expected {
  files: Record<string, { note: string; tensors: Record<string, ExpectedTensor>; tree?: unknown }>;
  hostile: Record<string, string>;
}
const expected = JSON.parse(readFileSync(join(golden, 'expected.json'), 'utf8')) as Expected;

const sha256 = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');

/** A value as the golden file writes it. */
function tree(value: TorchValue, path = ''): unknown {
  const under = (key: unknown) => (path === '' ? String(key) : `${path}.${String(key)}`);
  if (value instanceof TorchTensor) return { $tensor: path };
  if (value instanceof TorchDType) return { $dtype: value.dtype };
  if (value instanceof Uint8Array) return { $bytes_hex: Buffer.from(value).toString('hex') };
  if (typeof value === 'bigint') return { $int: String(value) };
  if (Array.isArray(value)) return value.map((child, at) => tree(child, under(at)));
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, child]) => [String(key), tree(child, under(key))]));
  return value;
}

describe.each(Object.entries(expected.files))('%s', (name, { tensors, tree: whole }) => {
  it('gives every tensor to the bit, and what stands beside them', async () => {
    using file = await openTorch(join(golden, name));
    const read = [...file.tensors].map(([tensor, { dtype, shape }]) => [
      tensor,
      { dtype, shape, sha256: sha256(file.read(tensor)) },
    ]);
    const wanted = Object.entries(tensors).map(([tensor, { dtype, shape, sha256: hash }]) => [
      tensor,
      { dtype, shape, sha256: hash },
    ]);
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(wanted));
    if (whole !== undefined) expect(tree(file.value)).toEqual(whole);
  });
});

describe('hostile files', () => {
  /** What each is refused for; all others are damaged. */
  const unsafe: Readonly<Record<string, RegExp>> = {
    'hostile-reduce-os-system.bin': /asks for posix\.system/,
    'hostile-builtins-eval.bin': /asks for builtins\.eval/,
    'hostile-stack-global.bin': /asks for (os|posix)\.system/,
    'hostile-global-unknown.bin': /asks for /,
    'hostile-build-setattr.bin': /asks for |state/,
    'hostile-inst.bin': /INST/,
    'hostile-legacy-reduce.bin': /asks for os\.system/,
    'hostile-plain-pickle.bin': /asks for subprocess\.Popen/,
  };
  it.each(Object.entries(expected.hostile))('%s is refused (%s)', async (name) => {
    const error = await openTorch(join(golden, name)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'CheckpointError' });
    const { code, message } = error as { code: string; message: string };
    const why = unsafe[name];
    if (why) expect(message).toMatch(why);
    expect(['invalid_pickle', 'invalid_archive', 'truncated', 'unsafe_pickle']).toContain(code);
    expect(code === 'unsafe_pickle').toBe(why !== undefined);
  });

  it('a pickle whose few bytes stand for more values than there is memory', async () => {
    const levels = Array.from({ length: 40 }, (_, level) => [
      0x5d,
      0x71,
      level + 1,
      0x28,
      0x68,
      level,
      0x68,
      level,
      0x65,
    ]);
    const folder = await temporaryFolder();
    const bomb = Uint8Array.from([0x80, 2, 0x5d, 0x71, 0, ...levels.flat(), 0x2e]);
    const legacy = await readFile(join(golden, 'nested-legacy.pth'));
    const start = objectStart(legacy);
    const path = join(folder, 'bomb.pth');
    await writeFile(
      path,
      Buffer.concat([legacy.subarray(0, start), bomb, Uint8Array.from([0x80, 2, 0x5d, 0x2e])]),
    );
    await expect(openTorch(path)).rejects.toMatchObject({ code: 'invalid_pickle' });
  });

  it('every cut and every changed byte of a file is refused or read, and nothing else', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file.bin');
    for (const name of ['module-fp16.bin', 'mixed-legacy.bin']) {
      const whole = await readFile(join(golden, name));
      const half = Math.floor(whole.length / 2);
      for (let at = 0; at < whole.length; at += 97) {
        for (const bytes of [
          whole.subarray(0, at),
          whole.with(at, (whole[at] ?? 0) ^ 0x41),
          whole.with(at % half, 0xff),
        ]) {
          await writeFile(path, bytes);
          const error = await openTorch(path).then(
            (file) => {
              for (const tensor of file.tensors.keys()) file.read(tensor);
              file.close();
            },
            (thrown: unknown) => thrown,
          );
          if (error !== undefined) expect(error).toMatchObject({ name: 'CheckpointError' });
        }
      }
    }
  });
});

/** Where the fourth pickle of a legacy file begins: behind magic number, version and system. */
function objectStart(bytes: Uint8Array): number {
  let at = 0;
  for (let pickles = 0; pickles < 3; pickles++) {
    at = bytes.indexOf(0x2e, at + 2) + 1;
    while (bytes[at] !== 0x80) at = bytes.indexOf(0x2e, at) + 1;
  }
  return at;
}

test('rows of a tensor, in a row or not', async () => {
  using file = await openTorch(join(golden, 'mixed.bin'));
  for (const name of ['w.fp32', 'view.step', 'view.slice', 'view.expanded', 'view.transposed']) {
    const whole = file.read(name);
    const [rows = 0] = file.info(name).shape;
    const width = whole.length / rows;
    expect([...file.readRows(name, 1, rows)]).toEqual([...whole].slice(width));
    expect(file.readRows(name, 1, 1)).toHaveLength(0);
    expect(() => file.readRows(name, 0, rows + 1)).toThrow(RangeError);
  }
  expect(() => file.readRows('scalar', 0, 1)).toThrow(RangeError);
});

test('a file that is none of these says so', async () => {
  const path = join(await temporaryFolder(), 'readme.bin');
  await writeFile(path, 'version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 13\n');
  await expect(openTorch(path)).rejects.toThrow(/Git LFS/);
  await writeFile(path, '<!DOCTYPE html>');
  await expect(openTorch(path)).rejects.toThrow(/neither a zip archive nor a pickle/);
  await writeFile(path, '');
  await expect(openTorch(path)).rejects.toMatchObject({ code: 'truncated' });
  await copyFile(join(golden, 'mixed.bin'), path);
  using file = await openTorch(path);
  file.close();
  expect(() => file.read('w.fp32')).toThrow(/was closed/);
});
