/**
 * Writes a checkpoint of random numbers in the public layout of a model, at full size: names, shapes, shards and index are
 * those of the hub, what it says is nonsense. For measuring, and to see that the memory suffices.
 *
 *     node tests/fullsize/make-checkpoint.ts chatglm3-6b /somewhere/chatglm3-6b
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import { buildSection, cachedGlm, type GlmConfig } from '@x-llm/models';
import { glmOf, modelAndFolder } from './models.ts';

const goldenTokenizer = join(import.meta.dirname, '../parity/golden/tokenizer/tokenizer.model');

const { model, to } = modelAndFolder('make-checkpoint.ts');
const { config, shardBytes } = model;
const shapes = shapesOf(glmOf(config));
await mkdir(to, { recursive: true });
await writeFile(join(to, 'config.json'), JSON.stringify(config, null, 2));
await copyFile(goldenTokenizer, join(to, 'tokenizer.model'));

/** Normal numbers that all weights are cut from, at another place each. */
const pool = Float64Array.from(
  { length: 1 << 20 },
  () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()),
);

const shards: TensorSource[][] = [[]];
let filled = 0;
for (const [tensor, shape] of shapes) {
  const count = shape.reduce((product, size) => product * size, 1);
  if (filled > 0 && filled + 2 * count > shardBytes) {
    shards.push([]);
    filled = 0;
  }
  filled += 2 * count;
  shards
    .at(-1)
    ?.push({ name: tensor, dtype: 'float16', shape, data: () => randomWeight(tensor, shape, count) });
}
const weightMap: Record<string, string> = {};
for (const [place, tensors] of shards.entries()) {
  const number = (at: number) => String(at).padStart(5, '0');
  const file = `model-${number(place + 1)}-of-${number(shards.length)}.safetensors`;
  await writeSafetensors(join(to, file), tensors);
  for (const tensor of tensors) weightMap[tensor.name] = file;
  console.log(`${file}: ${tensors.length} tensors`);
}
const index = { metadata: {}, weight_map: weightMap };
await writeFile(join(to, 'model.safetensors.index.json'), JSON.stringify(index));

function randomWeight(tensor: string, shape: readonly number[], count: number): Float16Array<ArrayBuffer> {
  const isNorm = /norm/.test(tensor);
  const deviation = isNorm ? 0.1 : (shape.at(-1) ?? 1) ** -0.5;
  const own = Float16Array.from(pool, (value) => (isNorm ? 1 : 0) + deviation * value);
  const out = new Float16Array(count);
  let from = Math.floor(Math.random() * own.length);
  for (let at = 0; at < count; ) {
    const part = own.subarray(from, from + count - at);
    out.set(part, at);
    at += part.length;
    from = 0;
  }
  return out;
}

function shapesOf(glm: GlmConfig): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const collect = (tensor: string, shape: readonly number[]) => {
    found.set(tensor, shape);
    return 'input' as const;
  };
  buildSection(cachedGlm(glm), collect);
  return found;
}
