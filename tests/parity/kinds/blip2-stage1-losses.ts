/** BLIP-2's stage-1 objectives for one batch with given negatives: golden folder `blip2-stage1-losses`. */
import { negativeWeights, type Stage1, type Stage1Config, stage1Losses } from '@x-llm/models';
import { type Graph, gradients, type Parameters, type Tensor, zeros } from '@x-llm/onnx';
import { compareAll, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, trainedInput } from '../evaluate.ts';
import type { GoldenFolder } from '../folder.ts';
import type { Kind } from '../kind.ts';
import { qFormerConfigOf } from './qformer.ts';

/** From the folder's README. */
const tolerance = { outputs: 5e-5, losses: 2e-5, gradients: 2e-4 };
const inputNames = ['image_embeds', 'input_ids', 'attention_mask', 'neg_image_idx', 'neg_text_idx'];
/** BLIP-2's; the golden folders do not vary it. */
const labelSmoothing = 0.1;

export const blip2Stage1LossesKind: Kind = {
  summary: 'BLIP-2 stage 1: similarities, the three losses and their gradients, with and without gathering',
  files: ['config.json', 'inputs.safetensors', 'weights_lavis.safetensors', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const feeds = feedsOf(await folder.tensors('inputs.safetensors'), inputNames);
    const weights = await folder.tensors('weights_lavis.safetensors');
    const ways = ['detached', 'full'] as const;
    const trained = ways
      .flatMap((gather) => gradientNames(expected.tensors.keys(), gather))
      .flatMap(([, , tensor]) => (tensor === 'image_embeds' ? [] : [tensor]));

    const actual = new Map<string, Values>();
    for (const gather of ways) {
      const config: Stage1Config = {
        ...configOf(folder, weights.info('vision_proj.weight').shape[0]),
        gather,
      };
      const results = await evaluate({
        weights,
        feeds,
        trained,
        build: (graph, parameters) => {
          const input = (name: string) => inputFor(graph, name, feeds[name]);
          const images = input('image_embeds');
          const inputs = {
            imageEmbeds: images,
            inputIds: input('input_ids'),
            attentionMask: input('attention_mask'),
          };
          const negatives = { images: input('neg_image_idx'), texts: input('neg_text_idx') };
          const stage1 = stage1Losses(config, parameters, inputs, () => negatives);
          const wanted = gradientNames(expected.tensors.keys(), gather);
          const found = gradientOutputs(parameters, stage1, images, wanted);
          return gather === 'detached' ? { ...outputs(stage1), ...found } : found;
        },
      });
      for (const [name, values] of results) actual.set(name, values);
    }
    return compareAll(expected, actual, (name) => {
      if (name.includes('grad.')) return relative(tolerance.gradients);
      return relative(name.startsWith('loss') ? tolerance.losses : tolerance.outputs);
    });
  },
};

function outputs({ contrast, matching, generation, loss }: Stage1): Record<string, Tensor> {
  return {
    image_feats: contrast.imageFeatures,
    text_feat: contrast.textFeatures,
    sim_q2t: contrast.queryToText,
    sim_t2q: contrast.textToQuery,
    sim_i2t: contrast.imageToText,
    sim_t2i: contrast.textToImage,
    itc_targets: contrast.targets,
    weights_i2t: negativeWeights(contrast.imageToText),
    weights_t2i: negativeWeights(contrast.textToImage),
    weights_i2t_lavis: negativeWeights(contrast.imageToText, 'lavis'),
    weights_t2i_lavis: negativeWeights(contrast.textToImage, 'lavis'),
    loss_itc: contrast.loss,
    itm_text_ids: matching.textIds,
    itm_attention_mask: matching.attentionMask,
    itm_vl_embeddings: matching.embeddings,
    itm_vl_output: matching.queryLogits,
    itm_logits: matching.logits,
    itm_labels: matching.labels,
    loss_itm: matching.loss,
    itg_input_ids: generation.inputIds,
    itg_labels: generation.labels,
    itg_attention_mask: generation.attentionMask,
    itg_mask_additive: generation.mask,
    itg_logits: generation.logits,
    loss_itg: generation.loss,
    loss,
  };
}

/** The gradients expected of one way to gather, as `[prefix, loss, tensor]`. */
function gradientNames(names: Iterable<string>, gather: Stage1Config['gather']): [string, string, string][] {
  const prefix = gather === 'detached' ? 'grad.' : 'local.grad.';
  return [...names]
    .filter((name) => name.startsWith(prefix))
    .map((name) => {
      const [loss = '', ...tensor] = name.slice(prefix.length).split('.');
      return [prefix, loss, tensor.join('.')];
    });
}

function gradientOutputs(
  parameters: Parameters,
  { contrast, matching, generation, loss }: Stage1,
  images: Tensor,
  wanted: readonly [string, string, string][],
): Record<string, Tensor> {
  const losses = new Map([
    ['loss_itc', contrast.loss],
    ['loss_itm', matching.loss],
    ['loss_itg', generation.loss],
    ['loss', loss],
  ]);
  const found: Record<string, Tensor> = {};
  for (const [lossName, scalar] of losses) {
    const here = wanted.filter(([, name]) => name === lossName);
    const tensors = here.map(([, , name]) => {
      return name === 'image_embeds' ? images : trainedInput(parameters, name ?? '');
    });
    gradientsOrZeros(parameters.graph, scalar, tensors).forEach((gradient, index) => {
      const [prefix, , name] = here[index] ?? [];
      found[`${prefix}${lossName}.${name}`] = gradient;
    });
  }
  return found;
}

/** Gradients, zero for tensors that the loss does not depend on, which `gradients` alone takes for a mistake. */
function gradientsOrZeros(graph: Graph, loss: Tensor, tensors: readonly Tensor[]): Tensor[] {
  const ancestors = ancestorsOf(loss);
  const reached = tensors.filter((tensor) => ancestors.has(tensor));
  const found = new Map(gradients(loss, reached).map((gradient, index) => [reached[index], gradient]));
  return tensors.map((tensor) => found.get(tensor) ?? zeros(graph, 'float32', tensor.shape));
}

function ancestorsOf(tensor: Tensor): Set<Tensor> {
  const seen = new Set([tensor]);
  for (const next of seen) {
    for (const input of next.producer?.inputs ?? []) if (input) seen.add(input);
  }
  return seen;
}

function configOf(folder: GoldenFolder, projectionWidth = 0): Omit<Stage1Config, 'gather'> {
  const json = folder.json('config.json');
  const tokens = json.object('special_tokens');
  return {
    qFormer: qFormerConfigOf(json.object('config')),
    projectionWidth,
    tokens: { pad: tokens.number('pad'), decode: tokens.number('bos [DEC]') },
    labelSmoothing,
  };
}
