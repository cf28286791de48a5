/**
 * Writes the bundle that `xllm import --quantize int4 --block-size 128` makes of a model at full size, of random numbers: in a
 * minute, and without the checkpoint's 12.5 GB. For measuring load, memory and speed.
 *
 *     node tests/fullsize/make-bundle.ts chatglm3-6b /somewhere/bundle
 */
import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { quantizedShapes, type TensorSource, writeBundle } from '@x-llm/checkpoint';
import { families } from '@x-llm/engine/families';
import { buildSection, cachedGlm } from '@x-llm/models';
import type { ParameterSource } from '@x-llm/onnx';
import { glmOf, modelAndFolder } from './models.ts';

const { model, to } = modelAndFolder('make-bundle.ts');
const glm = glmOf(model.config);
const family = families['chatglm3-6b'];
const blockSize = 128;
const tensors: TensorSource[] = [];

const collect: ParameterSource = (name, shape, use) => {
  const [rows = 1, columns = 1] = shape;
  if (use === 'matrix') tensors.push(...quantized(name, rows, columns));
  else
    tensors.push({
      name,
      dtype: 'float16',
      shape,
      data: () =>
        new Float16Array(rows * (shape.length > 1 ? columns : 1)).fill(/norm/.test(name) ? 1 : 0.02),
    });
  return 'input';
};
buildSection(cachedGlm(glm), collect);

/** Numbers of deviation √(1/columns), so that what goes through the layers neither grows nor dies. */
function quantized(name: string, rows: number, columns: number): TensorSource[] {
  const bits = family.finer.test(name) ? 8 : 4;
  const shapes = quantizedShapes(rows, columns, { bits, blockSize });
  const spread = bits === 8 ? 74 : 4.6; // standard deviation of uniform integers
  return [
    {
      name: `${name}.scales`,
      dtype: 'float32',
      shape: shapes.scales,
      data: () => new Float32Array(shapes.scales[0] * shapes.scales[1]).fill(columns ** -0.5 / spread),
    },
    {
      name: `${name}.q${bits}`,
      dtype: 'uint8',
      shape: shapes.packed,
      data: () => randomFillSync(new Uint8Array(shapes.packed.reduce((a, b) => a * b))),
    },
  ];
}

const tokenizer = join(import.meta.dirname, '../parity/golden/tokenizer/tokenizer.model');
await writeBundle(
  to,
  {
    format: 1,
    name: 'random-chatglm3',
    licence: 'none: random numbers',
    provenance: { summary: 'Random numbers, for measuring.', sources: [] },
    llm: {
      architecture: 'glm',
      config: { ...glm, endTokens: [2] },
      weights: 'llm.safetensors',
      quantization: { bits: 4, blockSize },
    },
    interfaces: {},
    tokenizer: { type: 'chatglm3-6b', file: 'tokenizer.model' },
    chatTemplate: family.chatTemplate,
    generation: family.generation,
  },
  { 'llm.safetensors': { tensors }, 'tokenizer.model': { copyOf: tokenizer } },
);
console.log(`${to}: ${tensors.length} tensors`);
