/** What no checkpoint has and training has to teach: projections that are drawn at random. */
import { crc32 } from 'node:zlib';
import type { Component, TensorSource } from '@x-llm/checkpoint';
import { z } from 'zod';
import { adapters, makePart } from '../architectures/index.ts';
import { createRandom } from '../sampling/random.ts';
import { type Shapes, shapesOf } from './shapes.ts';

/** What leads from an interface to a language model, as X-LLM has it for each. */
export const adapterForms = {
  image: { name: 'llm_proj' },
  speech: { name: 'post_bert_proj', activation: 'relu' },
} as const;

export interface DrawnAdapter {
  readonly adapter: Component;
  readonly tensors: readonly TensorSource[];
}

/** An adapter from rows of `width` to a language model, drawn with `seed`; `file` is what the bundle calls its file. */
export function drawAdapter(
  modality: keyof typeof adapterForms,
  { width, hiddenSize, file, seed }: { width: number; hiddenSize: number; file: string; seed: number },
): DrawnAdapter {
  const config = { width, outputWidth: hiddenSize, ...adapterForms[modality] };
  const adapter = {
    architecture: 'linear',
    config: z.record(z.string(), z.json()).parse(config),
    weights: file,
  };
  const part = makePart(adapters, adapter, `interfaces.${modality}.adapter`);
  const shapes = shapesOf((graph, parameters) =>
    part.build(parameters, graph.input('rows', 'float32', ['B', 'N', width])),
  );
  return { adapter, tensors: drawn(shapes, seed) };
}

/**
 * Weights and biases between ±1/√(inputs), which is how PyTorch begins a Linear. Each has a stream of its own that only its
 * name and the seed decide, so that the same is drawn whatever is drawn beside it.
 */
export function drawn(shapes: Shapes, seed: number): TensorSource[] {
  const inputsOf = (name: string) => shapes.get(name.replace(/\.bias$/, '.weight'))?.[1] ?? 1;
  return [...shapes].map(([name, shape]) => ({
    name,
    dtype: 'float32',
    shape,
    data: () => {
      const random = createRandom(seed + crc32(name));
      const bound = 1 / Math.sqrt(inputsOf(name));
      const length = shape.reduce((product, one) => product * one, 1);
      return Float32Array.from({ length }, () => (2 * random() - 1) * bound);
    },
  }));
}

/** For a manifest's summary; `means` is what does not reach the language model. */
export function untrainedNote(
  names: readonly string[],
  seed: number,
  { means, modality }: { readonly means: string; readonly modality: string },
): string {
  const layers = [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))))];
  const are = layers.length === 1 ? 'is' : 'are';
  return `${layers.join(' and ')} ${are} UNTRAINED, drawn at random with seed ${seed}: ${means} nothing to the language model before stage 2 (xllm train stage2, modality ${modality})`;
}
