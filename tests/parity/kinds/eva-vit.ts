/** EVA ViT and `ln_vision`: golden folder `eva-vit`. */
import { imageFamilies } from '@x-llm/engine/import';
import { type EvaVitConfig, evaVit, positionEmbedding } from '@x-llm/models';
import { gradients, mul, reduceSum } from '@x-llm/onnx';
import { compare, compareAll, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor } from '../evaluate.ts';
import type { GoldenFolder } from '../folder.ts';
import { evaluateNamed } from '../imported-image.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 3e-5, gradients: 1e-4 };
/** The same weights once more, which not every folder has. */
const weightsHf = 'weights_hf.safetensors';
const fromNames = "out, from Hugging Face's names";

export const evaVitKind: Kind = {
  summary: 'EVA ViT with ln_vision: every block, the gradient of the pixels, resized positions',
  files: ['config.json', 'inputs.safetensors', 'weights_lavis.safetensors', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const actual = await compute(folder);
    const out = { shape: expected.info('out').shape, data: expected.read('out') };
    return [
      ...compareAll(expected, actual, (name) =>
        relative(name.startsWith('grad') ? tolerance.gradients : tolerance.outputs),
      ),
      ...(folder.has(weightsHf)
        ? [compare(fromNames, actual.get(fromNames), out, relative(tolerance.outputs))]
        : []),
    ];
  },
};

async function compute(folder: GoldenFolder): Promise<Map<string, Values>> {
  const inputs = await folder.tensors('inputs.safetensors');
  const weights = await folder.tensors('weights_lavis.safetensors');
  const config = configOf(folder, weights.info('visual_encoder.pos_embed').shape[1]);
  const feeds = feedsOf(inputs, ['pixels', 'R', 'interp_pixels']);

  const forward = await evaluate({
    weights,
    feeds,
    build: (graph, parameters) => {
      const pixels = inputFor(graph, 'pixels', feeds['pixels'], { 0: 'B' });
      const { patches, blocks, output } = evaVit(config, parameters, pixels);
      const named = Object.fromEntries(blocks.map((block, index) => [`block.${index}`, block]));
      return { ...named, patch_embed: patches, vit_out: blocks.at(-1) ?? patches, out: output };
    },
  });
  const backward = await evaluate({
    weights,
    feeds,
    build: (graph, parameters) => {
      const pixels = inputFor(graph, 'pixels', feeds['pixels']);
      const { output } = evaVit(config, parameters, pixels);
      const loss = reduceSum(mul(output, inputFor(graph, 'R', feeds['R'])));
      const [gradient = pixels] = gradients(loss, [pixels]);
      return { grad_pixels: gradient };
    },
  });
  const larger = { ...config, imageSize: feeds['interp_pixels']?.shape[2] ?? config.imageSize };
  const resized = await evaluate({
    weights,
    feeds,
    build: (graph, parameters) => ({
      'interp.pos_embed': positionEmbedding(larger, parameters.at('visual_encoder')),
      'interp.out': evaVit(larger, parameters, inputFor(graph, 'interp_pixels', feeds['interp_pixels']))
        .output,
    }),
  });
  const computed = new Map([...forward, ...backward, ...resized]);
  if (!folder.has(weightsHf)) return computed;
  const named = await evaluateNamed(
    await folder.tensors(weightsHf),
    imageFamilies['blip2-hf'].encoder.tensors,
    {
      layers: config.depth,
      feeds,
      build: (graph, parameters) => ({
        [fromNames]: evaVit(config, parameters, inputFor(graph, 'pixels', feeds['pixels'])).output,
      }),
    },
  );
  return new Map([...computed, ...named]);
}

function configOf(folder: GoldenFolder, positions = 0): EvaVitConfig {
  const config = folder.json('config.json').object('config');
  const width = config.number('embed_dim');
  return {
    imageSize: config.number('img_size'),
    patchEmbedding: { kind: 'patch', size: config.number('patch_size') },
    width,
    depth: config.number('depth'),
    heads: config.number('num_heads'),
    mlpWidth: Math.trunc(width * config.number('mlp_ratio')),
    positionGrid: Math.sqrt(positions - 1),
    blockEpsilon: config.number('block_ln_eps'),
    outputEpsilon: config.number('ln_vision_eps'),
  };
}
