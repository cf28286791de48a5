import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from './safetensors/write.ts';
import { rejection, temporaryFolder } from './testing.ts';
import { openWeights } from './weights.ts';

const golden = join(import.meta.dirname, '../../../tests/parity/golden/torch-pickle');
const indexFile = 'pytorch_model.bin.index.json';

async function shards(): Promise<string> {
  const folder = join(await temporaryFolder(), 'model');
  await cp(join(golden, 'sharded'), folder, { recursive: true });
  return folder;
}

const one = (name: string) => ({ name, dtype: 'float32' as const, shape: [1], data: Float32Array.of(1) });

describe('openWeights', () => {
  it('reads the shards of an index, from the folder or the index', async () => {
    const { sharded } = JSON.parse(await readFile(join(golden, 'expected.json'), 'utf8')) as {
      sharded: { tensors: Record<string, { dtype: string; shape: number[]; first: number[] }> };
    };
    for (const path of [join(golden, 'sharded'), join(golden, 'sharded', indexFile)]) {
      using weights = await openWeights(path);
      expect(weights.files).toHaveLength(2);
      for (const [name, { dtype, shape, first }] of Object.entries(sharded.tensors)) {
        expect(weights.tensors.get(name)).toMatchObject({ dtype, shape });
        expect([...weights.readFloat32(name).slice(0, 3)]).toEqual(first);
      }
    }
  });

  it('reads a file alone, whatever its format', async () => {
    const folder = await temporaryFolder();
    await writeSafetensors(join(folder, 'some.safetensors'), [one('a')]);
    for (const path of [folder, join(folder, 'some.safetensors')]) {
      using weights = await openWeights(path);
      expect([...weights.tensors.keys()]).toEqual(['a']);
    }
    using torch = await openWeights(join(golden, 'module-fp16.bin'));
    expect(torch.tensors.get('layers.0.0.weight')).toMatchObject({ dtype: 'float16', shape: [12, 6] });
  });

  it('takes safetensors where both formats are there', async () => {
    const folder = await shards();
    await writeSafetensors(join(folder, 'model.safetensors'), [one('a')]);
    using weights = await openWeights(folder);
    expect([...weights.tensors.keys()]).toEqual(['a']);
  });

  it('names every shard that is missing', async () => {
    const folder = await shards();
    await rm(join(folder, 'pytorch_model-00001-of-00002.bin'));
    await rm(join(folder, 'pytorch_model-00002-of-00002.bin'));
    const { message } = await rejection('missing_file', openWeights(folder));
    expect(message).toMatch(/2 of 2 shards .*00001-of-00002.bin, .*00002-of-00002.bin/);
  });

  it('does without shards that have nothing wanted, and names those of the others that are missing', async () => {
    const folder = await temporaryFolder();
    await writeSafetensors(join(folder, 'a.safetensors'), [one('eye'), one('both')]);
    const map = { eye: 'a.safetensors', both: 'a.safetensors', mouth: 'b.safetensors', ear: 'c.safetensors' };
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
    using weights = await openWeights(folder, { isWanted: (name) => name === 'eye' });
    expect([...weights.tensors.keys()]).toEqual(['both', 'eye']);
    const isWanted = (name: string) => name !== 'ear';
    expect((await rejection('missing_file', openWeights(folder, { isWanted }))).message).toMatch(
      /1 of 2 shards are not here: b\.safetensors; fetch them, too/,
    );
  });

  it('names every tensor that a mixed-up shard lacks', async () => {
    const folder = await shards();
    const names = ['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'].map((name) =>
      join(folder, name),
    );
    await rename(names[0] ?? '', `${names[0]}.old`);
    await rename(names[1] ?? '', names[0] ?? '');
    await rename(`${names[0]}.old`, names[1] ?? '');
    const { message } = await rejection('missing_tensors', openWeights(folder));
    expect(message).toMatch(/^.*10 tensors .*inv_freq .*word_embeddings.weight/);
  });

  it('refuses shards that have a tensor twice', async () => {
    const folder = await temporaryFolder();
    await writeSafetensors(join(folder, 'a.safetensors'), [one('x'), one('y')]);
    await writeSafetensors(join(folder, 'b.safetensors'), [one('y')]);
    const map = { weight_map: { x: 'a.safetensors', y: 'b.safetensors' } };
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify(map));
    expect((await rejection('invalid_index', openWeights(folder))).message).toContain('two shards have "y"');
  });

  it.each([
    ['an index that is not JSON', 'invalid_index', '{'],
    ['an index without a map', 'invalid_index', '{"metadata":{}}'],
    ['a map of other things', 'invalid_index', '{"weight_map":{"a":1}}'],
    ['a shard outside', 'unsafe_path', '{"weight_map":{"a":"../other.bin"}}'],
    ['a shard by its full path', 'unsafe_path', '{"weight_map":{"a":"/etc/hosts.bin"}}'],
    ['a shard that is no file of weights', 'unsafe_path', '{"weight_map":{"a":"config.json"}}'],
  ] as const)('refuses %s', async (_, code, json) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, indexFile), json);
    await rejection(code, openWeights(folder));
  });

  it('says what it looked for in a folder without weights, and with shards alone', async () => {
    const folder = await temporaryFolder();
    expect((await rejection('not_found', openWeights(join(folder, 'none')))).message).toMatch(/no such file/);
    await writeFile(join(folder, 'config.json'), '{}');
    await mkdir(join(folder, 'onnx'));
    const empty = await rejection('not_found', openWeights(folder));
    expect(empty.message).toMatch(/looked for model\.safetensors.*there is .*config\.json/);
    const half = await shards();
    await rm(join(half, indexFile));
    expect((await rejection('not_found', openWeights(half))).message).toMatch(/2 shards without their index/);
  });
});
