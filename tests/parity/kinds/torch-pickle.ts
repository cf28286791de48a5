/** Files of `torch.save`: every tensor to the bit, and every hostile file refused. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CheckpointError, openTorch, openWeights, type TensorFile, type Weights } from '@x-llm/checkpoint';
import { type Comparison, exact } from '../comparison.ts';
import type { GoldenFolder, JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';

export const torchPickleKind: Kind = {
  summary: 'tensors of torch.save files, and refusal of hostile ones',
  files: ['expected.json'],
  async check(folder) {
    const expected = folder.json('expected.json');
    const compared: Comparison[] = [];
    const files = expected.object('files');
    for (const name of files.keys()) {
      using file = await openTorch(join(folder.path, name));
      compared.push(...compareHashes(name, file, files.object(name).object('tensors')));
    }
    if (expected.has('sharded')) {
      const sharded = expected.object('sharded');
      const index = sharded.string('index');
      using weights = await openWeights(join(folder.path, index));
      compared.push(...compareHashes(index, weights, sharded.object('tensors')));
    }
    const hostile = expected.has('hostile') ? expected.object('hostile').keys() : [];
    for (const name of hostile) compared.push(await refusal(folder, name));
    return compared;
  },
};

function compareHashes(file: string, weights: TensorFile | Weights, tensors: JsonObject): Comparison[] {
  const names = tensors.keys();
  const extra = [...weights.tensors.keys()].filter((name) => !names.includes(name));
  return [
    ...extra.map((name) => ({ ...line(`${file} ${name}`), problem: 'is not expected' })),
    ...names.map((name) => {
      const wanted = tensors.object(name);
      const info = weights.tensors.get(name);
      if (!info) return { ...line(`${file} ${name}`), problem: 'was not found' };
      const [dtype, shape] = [wanted.string('dtype'), wanted.numbers('shape')];
      if (info.dtype !== dtype || info.shape.join() !== shape.join())
        return { ...line(`${file} ${name}`), problem: `is ${info.dtype} [${info.shape.join()}]` };
      const { buffer, byteOffset, byteLength } = weights.read(name);
      const hash = createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex');
      return line(`${file} ${name}`, hash === wanted.string('sha256') ? 0 : 1);
    }),
  ];
}

async function refusal(folder: GoldenFolder, name: string): Promise<Comparison> {
  try {
    (await openTorch(join(folder.path, name))).close();
    return { ...line(name), problem: 'was not refused' };
  } catch (error) {
    if (error instanceof CheckpointError) return line(name, 0);
    throw error;
  }
}

const line = (tensor: string, error = Number.NaN): Comparison => ({ tensor, ...exact, error });
