/** ESPnet's Conformer encoder: golden folder `conformer`. */
import { type ConformerConfig, conformer } from '@x-llm/models';
import { cast, gradients, mul, reduceSum, reshape } from '@x-llm/onnx';
import { compareAll, hideRows, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, namesBehind, trainedInput, utterancesAlone } from '../evaluate.ts';
import type { GoldenFolder } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 5e-5, gradients: 2e-4 };

export const conformerKind: Kind = {
  summary: 'Conformer encoder: subsampling, positions, every block, each utterance alone, gradients',
  files: ['config.json', 'inputs.safetensors', 'weights.safetensors', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const wanted = [...expected.tensors.keys()];
    const actual = await compute(folder, wanted);
    // Padded frames are computed by both, but nobody may rely on them: README, "Measure".
    const mask = expected.read('mask');
    const hidePadding = (name: string, values: Values): Values =>
      /^(block\.\d+|out)$/.test(name) ? hideRows(values, mask) : values;
    return compareAll(
      expected,
      actual,
      (name) => relative(name.startsWith('grad') ? tolerance.gradients : tolerance.outputs),
      hidePadding,
    );
  },
};

async function compute(folder: GoldenFolder, wanted: readonly string[]): Promise<Map<string, Values>> {
  const inputs = await folder.tensors('inputs.safetensors');
  const weights = await folder.tensors('weights.safetensors');
  const config = configOf(folder);
  const feeds = feedsOf(inputs, ['feats', 'lengths', 'R']);
  const trained = namesBehind('grad.', wanted);

  const batch = await evaluate({
    weights,
    feeds,
    trained,
    build: (graph, parameters) => {
      const feats = inputFor(graph, 'feats', feeds['feats']);
      const lengths = inputFor(graph, 'lengths', feeds['lengths']);
      const { subsampled, positions, mask, blocks, output } = conformer(config, parameters, feats, lengths);
      const [rows = 1, frames = 1] = mask.shape;
      const visible = reshape(cast(mask, 'float32'), [rows, frames, 1]);
      const loss = reduceSum(mul(mul(output, visible), inputFor(graph, 'R', feeds['R'])));
      const parametersOf = trained.map((name) => trainedInput(parameters, name));
      const [ofFeats = feats, ...others] = gradients(loss, [feats, ...parametersOf]);
      return {
        subsampled_scaled: subsampled,
        pos_emb: positions,
        mask,
        out_lengths: reduceSum(mask, [1]),
        ...Object.fromEntries(blocks.map((x, index) => [`block.${index}`, x])),
        out: output,
        grad_feats: ofFeats,
        ...Object.fromEntries(others.map((gradient, index) => [`grad.${trained[index]}`, gradient])),
      };
    },
  });

  const alone = new Map<string, Values>();
  for (const [row, single] of utterancesAlone(inputs).entries()) {
    const outputs = await evaluate({
      weights,
      feeds: single,
      build: (graph, parameters) => ({
        out: conformer(
          config,
          parameters,
          inputFor(graph, 'feats', single.feats),
          inputFor(graph, 'lengths', single.lengths),
        ).output,
      }),
    });
    const out = outputs.get('out');
    if (out) alone.set(`single.${row}.out`, { shape: out.shape.slice(1), data: out.data });
  }
  return new Map([...batch, ...alone]);
}

function configOf(folder: GoldenFolder): ConformerConfig {
  const config = folder.json('config.json').object('config');
  return {
    inputWidth: config.number('input_size'),
    width: config.number('output_size'),
    heads: config.number('attention_heads'),
    feedForwardWidth: config.number('linear_units'),
    blocks: config.number('num_blocks'),
    kernel: config.number('cnn_module_kernel'),
    layerNormEpsilon: config.number('layer_norm_eps'),
    batchNormEpsilon: config.number('batch_norm_eps'),
  };
}
