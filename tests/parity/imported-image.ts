/** Picture interfaces of checkpoints as they are published, imported and then computed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { type ImageImportOptions, openImageInterface } from '@x-llm/engine/import';
import { adapters, encoders, makePart, x2ls } from '@x-llm/engine/parts';
import type { Tensor } from '@x-llm/ort';
import type { Values } from './comparison.ts';
import { evaluate, inputFor } from './evaluate.ts';

/** `pixels` float32 [B, 3, S, S], normalised → `states` [B, P, E], `rows` [B, Q, C] and, with an adapter, `embeddings`. */
export async function seenThroughImport(
  options: ImageImportOptions,
  pixels: Tensor,
): Promise<Map<string, Values>> {
  using image = await openImageInterface(options);
  const folder = await mkdtemp(join(tmpdir(), 'xllm-imported-'));
  try {
    await writeSafetensors(join(folder, 'image.safetensors'), image.tensors);
    using weights = await openSafetensors(join(folder, 'image.safetensors'));
    const { encoder, x2l, adapter } = image.interface;
    return await evaluate({
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
  } finally {
    await rm(folder, { recursive: true });
  }
}
