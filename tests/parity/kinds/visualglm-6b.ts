/** VisualGLM-6B's picture branch, from the checkpoint as it is published: golden folder `visualglm-6b`. */
import { compareAll, relative, type Values } from '../comparison.ts';
import { feedsOf } from '../evaluate.ts';
import { FolderError } from '../folder.ts';
import { seenThroughImport } from '../imported-image.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = 3e-5;

const names = { vit_out: 'states', qformer_out: 'rows', image_embeds: 'embeddings' } as const;

export const visualGlmKind: Kind = {
  summary: 'VisualGLM-6B: encoder, Q-Former and projection of a checkpoint in its own names',
  files: ['config.json', 'pytorch_model.bin.index.json', 'inputs.safetensors', 'expected.safetensors'],
  async check(folder) {
    const { pixels } = feedsOf(await folder.tensors('inputs.safetensors'), ['pixels']);
    if (!pixels) throw new FolderError(`${folder.path} has no pixels`);
    const seen = await seenThroughImport({ from: folder.path }, pixels);
    const actual = Object.entries(names).flatMap(([theirs, ours]): [string, Values][] => {
      const values = seen.get(ours);
      return values ? [[theirs, values]] : [];
    });
    const expected = await folder.tensors('expected.safetensors');
    return compareAll(expected, new Map(actual), () => relative(tolerance));
  },
};
