/** Picture interfaces of checkpoints as they are published, imported and then computed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openSafetensors,
  type SafetensorsFile,
  type TensorFile,
  type TensorSource,
  writeSafetensors,
} from '@x-llm/checkpoint';
import {
  type ImageImportOptions,
  NamedTensors,
  openImageInterface,
  placesBy,
  type TensorRule,
} from '@x-llm/engine/import';
import { adapters, encoders, makePart, x2ls } from '@x-llm/engine/parts';
import { Graph, Parameters } from '@x-llm/onnx';
import type { Tensor } from '@x-llm/ort';
import type { Values } from './comparison.ts';
import { type Evaluation, evaluate, inputFor } from './evaluate.ts';

/** `pixels` float32 [B, 3, S, S], normalised → `states` [B, P, E], `rows` [B, Q, C] and, with an adapter, `embeddings`. */
export async function seenThroughImport(
  options: ImageImportOptions,
  pixels: Tensor,
): Promise<Map<string, Values>> {
  using image = await openImageInterface(options);
  return await written(image.tensors, (weights) => {
    const { encoder, x2l, adapter } = image.interface;
    return evaluate({
      weights,
      feeds: { pixels },
      build: (graph, parameters) => {
        const input = inputFor(graph, 'pixels', pixels, { 0: 'B' });
        const states = makePart(encoders, encoder, 'encoder').build(parameters, input);
        const rows = makePart(x2ls, x2l, 'x2l').build(parameters, states);
        if (!adapter) return { states, rows };
        return { states, rows, embeddings: makePart(adapters, adapter, 'adapter').build(parameters, rows) };
      },
    });
  });
}

/** What a part computes whose weights a file has under the names of a table. */
export function evaluateNamed(
  file: TensorFile,
  rules: readonly TensorRule[],
  { layers, feeds, build }: Pick<Evaluation, 'feeds' | 'build'> & { readonly layers: number },
): Promise<Map<string, Values>> {
  const tensors = new NamedTensors(file.path);
  tensors.add(file);
  const placeOf = placesBy(rules, layers);
  const sources = new Map<string, TensorSource>();
  const graph = new Graph('parameters');
  const parameters = new Parameters(graph, (name, shape) => {
    sources.set(
      name,
      tensors.source(name, { shape, place: placeOf(name) }, () => undefined),
    );
    return 'input';
  });
  build(graph, parameters);
  return written([...sources.values()], (weights) => evaluate({ weights, feeds, build }));
}

async function written<Result>(
  tensors: readonly TensorSource[],
  use: (weights: SafetensorsFile) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'xllm-imported-'));
  try {
    const path = join(folder, 'image.safetensors');
    await writeSafetensors(path, tensors);
    using weights = await openSafetensors(path);
    return await use(weights);
  } finally {
    await rm(folder, { recursive: true });
  }
}
