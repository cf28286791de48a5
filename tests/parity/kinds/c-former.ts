/** X-LLM's speech interface behind CIF, and its variant that is a projection alone: golden folder `c-former`. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import { type CFormerConfig, cFormer, nonZeroFrames, projectSpeech } from '@x-llm/models';
import { type Graph, gradients, mul, type Parameters, reduceSum, type Tensor } from '@x-llm/onnx';
import { compareAll, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, namesBehind, trainedInput } from '../evaluate.ts';
import type { GoldenFolder } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 3e-5, gradients: 1e-4 };

export const cFormerKind: Kind = {
  summary: 'C-Former and S-Adapter: mask, every layer, the output, gradients; the variant "fc"',
  files: [
    'config.json',
    'inputs.safetensors',
    'weights_bert.safetensors',
    'weights_fc.safetensors',
    'expected.safetensors',
  ],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const actual = await compute(folder, expected);
    return compareAll(expected, actual, (name) =>
      relative(/^(fc\.)?grad/.test(name) ? tolerance.gradients : tolerance.outputs),
    );
  },
};

async function compute(folder: GoldenFolder, expected: SafetensorsFile): Promise<Map<string, Values>> {
  const inputs = await folder.tensors('inputs.safetensors');
  const [bert, fc] = [
    await folder.tensors('weights_bert.safetensors'),
    await folder.tensors('weights_fc.safetensors'),
  ];
  const config = configOf(folder);
  const feeds = feedsOf(inputs, ['speech_input', 'R']);
  const speechIn = (graph: Graph) => inputFor(graph, 'speech_input', feeds['speech_input']);

  const forward = await evaluate({
    weights: bert,
    feeds,
    build: (graph, parameters) => {
      const speech = inputFor(graph, 'speech_input', feeds['speech_input'], { 0: 'B', 1: 'T' });
      const mask = nonZeroFrames(speech);
      const { projected, hidden, output } = cFormer(config, parameters, speech, mask);
      const named = Object.fromEntries(hidden.map((x, index) => [`bert.hidden.${index}`, x]));
      return { ...named, attention_mask: mask, pre: projected, out: output };
    },
  });
  const backward = (
    weights: SafetensorsFile,
    prefix: string,
    output: (parameters: Parameters, speech: Tensor) => Tensor,
  ) => {
    const trained = namesBehind(`${prefix}grad.`, expected.tensors.keys());
    return evaluate({
      weights,
      feeds,
      trained,
      build: (graph, parameters) => {
        const speech = speechIn(graph);
        const out = output(parameters, speech);
        const loss = reduceSum(mul(out, inputFor(graph, 'R', feeds['R'])));
        const wanted = trained.map((name) => trainedInput(parameters, name));
        const [ofSpeech = speech, ...others] = gradients(loss, [speech, ...wanted]);
        const named = others.map((gradient, index) => [`${prefix}grad.${trained[index]}`, gradient] as const);
        return { [`${prefix}grad_speech`]: ofSpeech, ...Object.fromEntries(named), [`${prefix}out`]: out };
      },
    });
  };
  const ofBert = await backward(bert, '', (parameters, speech) => {
    return cFormer(config, parameters, speech, nonZeroFrames(speech)).output;
  });
  const ofFc = await backward(fc, 'fc.', (parameters, speech) => projectSpeech(config, parameters, speech));
  return new Map([...ofBert, ...ofFc, ...forward]);
}

function configOf(folder: GoldenFolder): CFormerConfig {
  const config = folder.json('config.json').object('config');
  return {
    inputWidth: config.number('feat_dim'),
    width: config.number('hidden_size'),
    layers: config.number('num_hidden_layers'),
    heads: config.number('num_attention_heads'),
    feedForwardWidth: config.number('intermediate_size'),
    maxPositions: config.number('max_position_embeddings'),
    tokenTypes: config.number('type_vocab_size'),
    epsilon: config.number('layer_norm_eps'),
    outputWidth: config.number('llm_hidden'),
  };
}
