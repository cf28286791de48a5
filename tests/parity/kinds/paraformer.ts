/** Paraformer's SANM encoder and CIF predictor: golden folder `paraformer`. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  cif,
  predictTokens,
  quantityError,
  type SanmConfig,
  sanmEncoder,
  scaleToTargets,
  tokenWeights,
} from '@x-llm/models';
import { cast, div, type Graph, gradients, mul, reduceMean, reduceSum, slice } from '@x-llm/onnx';
import type { Tensor } from '@x-llm/ort';
import { compareAll, firstSlots, hideRows, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, namesBehind, trainedInput, utterancesAlone } from '../evaluate.ts';
import type { GoldenFolder } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 1e-4, gradients: 3e-4 };

/** Training brings weights to whole sums, where the last token hangs on rounding: case `cif`, quirk 5. */
const roundingGuard = 1e-4;

export const paraformerKind: Kind = {
  summary: 'SANM encoder and CIF predictor: every layer, tokens, each utterance alone, gradients',
  files: ['config.json', 'inputs.safetensors', 'weights.safetensors', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const inputs = await folder.tensors('inputs.safetensors');
    const actual = await compute(folder, inputs, [...expected.tensors.keys()]);
    const mask = validFrames(inputs);
    return compareAll(
      expected,
      actual,
      (name) => relative(name.includes('grad') ? tolerance.gradients : tolerance.outputs),
      (name, values) => (/^(layer\.\d+|encoder_out|embed)$/.test(name) ? hideRows(values, mask) : values),
    );
  },
};

/** 1 for each frame that is no padding, row by row. */
function validFrames(inputs: SafetensorsFile): number[] {
  const [, frames = 0] = inputs.info('feats').shape;
  return [...inputs.read('lengths')].flatMap((length) =>
    Array.from({ length: frames }, (_, frame) => (frame < Number(length) ? 1 : 0)),
  );
}

interface Settings {
  readonly sanm: SanmConfig;
  readonly predictor: {
    readonly before: number;
    readonly after: number;
    readonly smoothing: number;
    readonly noise: number;
    readonly threshold: number;
    readonly tailWeight: number;
  };
}

async function compute(
  folder: GoldenFolder,
  inputs: SafetensorsFile,
  wanted: readonly string[],
): Promise<Map<string, Values>> {
  const weights = await folder.tensors('weights.safetensors');
  const settings = settingsOf(folder);
  const feeds = feedsOf(inputs, ['feats', 'lengths', 'target_lengths', 'R']);
  const trained = namesBehind('train.grad.', wanted);
  const batch = await inference(weights, settings, feeds);
  const training = await evaluate({
    weights,
    feeds,
    trained,
    build: (graph, parameters) => {
      const feats = inputFor(graph, 'feats', feeds['feats']);
      const lengths = inputFor(graph, 'lengths', feeds['lengths']);
      const targets = inputFor(graph, 'target_lengths', feeds['target_lengths']);
      const r = inputFor(graph, 'R', feeds['R']);
      const { output } = sanmEncoder(settings.sanm, parameters, feats, lengths);
      const alphas = tokenWeights(parameters, output, lengths, settings.predictor);
      const quantity = reduceSum(alphas, [1]);
      const scaled = scaleToTargets(alphas, lengths, targets);
      const threshold = settings.predictor.threshold - roundingGuard;
      const room = Number(r.shape[1]);
      const found = cif(scaled, output, lengths, { threshold, maximum: room, surplus: 'same-token' });
      const loss = reduceSum(mul(found.embeddings, r));
      const [ofFeats = feats, ...others] = gradients(loss, [
        feats,
        ...trained.map((name) => trainedInput(parameters, name)),
      ]);
      const errors = quantityError(quantity, targets);
      return {
        'train.alphas': scaled,
        'train.token_num': quantity,
        'train.acoustic_embeds': slice(found.embeddings, 1, 0, longestTarget(inputs)),
        'train.cif_peak': found.fires,
        'train.grad_feats': ofFeats,
        ...Object.fromEntries(others.map((gradient, index) => [`train.grad.${trained[index]}`, gradient])),
        'train.predictor_mae_loss': reduceMean(errors),
        'train.predictor_mae_loss_normalized': div(reduceSum(errors), reduceSum(cast(targets, 'float32'))),
      };
    },
  });

  const alone = new Map<string, Values>();
  for (const [row, feeds] of utterancesAlone(inputs).entries()) {
    const single = await inference(weights, settings, feeds);
    for (const [name, { shape, data }] of single)
      alone.set(`single.${row}.${name}`, { shape: shape.slice(1), data });
  }
  return new Map([...batch, ...training, ...alone]);
}

const longestTarget = (inputs: SafetensorsFile): number =>
  Math.max(...[...inputs.read('target_lengths')].map(Number));

async function inference(
  weights: SafetensorsFile,
  { sanm, predictor }: Settings,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Map<string, Values>> {
  const frames = feeds['feats']?.shape[1] ?? 0;
  const found = await evaluate({
    weights,
    feeds,
    build: (graph: Graph, parameters) => {
      const lengths = inputFor(graph, 'lengths', feeds['lengths']);
      const { embedded, blocks, output } = sanmEncoder(
        sanm,
        parameters,
        inputFor(graph, 'feats', feeds['feats']),
        lengths,
      );
      const tokens = predictTokens(parameters, output, lengths, { ...predictor, maximum: frames + 1 });
      return {
        embed: embedded,
        ...Object.fromEntries(blocks.map((x, index) => [`layer.${index}`, x])),
        encoder_out: output,
        encoder_out_lens: lengths,
        alphas_with_tail: tokens.weights,
        token_num: cast(tokens.counts, 'float32'),
        token_count: tokens.counts,
        acoustic_embeds: tokens.embeddings,
        cif_peak: tokens.fires,
      };
    },
  });
  // The reference gives as many tokens as the longest utterance has.
  const counts = Array.from(found.get('token_count')?.data ?? [], Number);
  const room = found.get('acoustic_embeds');
  if (!room) return found;
  return found.set('acoustic_embeds', firstSlots(room, Math.max(...counts)));
}

function settingsOf(folder: GoldenFolder): Settings {
  const config = folder.json('config.json').object('config');
  const predictor = config.object('predictor');
  return {
    sanm: {
      inputWidth: config.number('input_size'),
      width: config.number('output_size'),
      heads: config.number('attention_heads'),
      feedForwardWidth: config.number('linear_units'),
      blocks: config.number('num_blocks'),
      kernel: config.number('kernel_size'),
      epsilon: config.number('layer_norm_eps'),
    },
    predictor: {
      before: predictor.number('l_order'),
      after: predictor.number('r_order'),
      smoothing: predictor.number('smooth_factor'),
      noise: predictor.number('noise_threshold'),
      threshold: predictor.number('threshold'),
      tailWeight: predictor.number('tail_threshold'),
    },
  };
}
