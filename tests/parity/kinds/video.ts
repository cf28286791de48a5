/** X-LLM's video branch, and which frames it takes: golden folder `video`. */
import { firstSeconds, type UniformRule, uniformFrames } from '@x-llm/media';
import { adapter, readImage, type VideoConfig, watchVideo } from '@x-llm/models';
import { gradients, mul, reduceSum } from '@x-llm/onnx';
import { type Comparison, compareAll, relative, sameNumbers, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, namesBehind, trainedInput } from '../evaluate.ts';
import { type GoldenFolder, JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 3e-5, gradients: 1e-4 };

export const videoKind: Kind = {
  summary: 'video: frames through the image branch with queries of their own, gradients, frame sampling',
  files: [
    'config.json',
    'inputs.safetensors',
    'weights.safetensors',
    'expected.safetensors',
    'frame_sampling.json',
  ],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const actual = await compute(folder, [...expected.tensors.keys()]);
    return [
      ...compareAll(expected, actual, (name) =>
        relative(name.startsWith('grad') ? tolerance.gradients : tolerance.outputs),
      ),
      ...frameSampling(folder),
    ];
  },
};

async function compute(folder: GoldenFolder, wanted: readonly string[]): Promise<Map<string, Values>> {
  const inputs = await folder.tensors('inputs.safetensors');
  const weights = await folder.tensors('weights.safetensors');
  const config = configOf(folder, weights.info('visual_encoder.pos_embed').shape[1]);
  const feeds = feedsOf(inputs, ['video', 'R']);
  const trained = namesBehind('grad.', wanted);

  const forward = await evaluate({
    weights,
    feeds,
    build: (graph, parameters) => {
      const video = inputFor(graph, 'video', feeds['video'], { 0: 'B' });
      const { frames, read, embeddings, output } = watchVideo(config, parameters, video);
      const asImages = readImage(config.qFormer, parameters, { states: frames }).output;
      return {
        image_embeds: frames,
        qformer_out: read,
        projected_per_frame: embeddings,
        out: output,
        image_branch_per_frame: adapter({ ...config.adapter, name: 'opt_proj' }, parameters, asImages),
      };
    },
  });
  const backward = await evaluate({
    weights,
    feeds,
    trained,
    build: (graph, parameters) => {
      const { output } = watchVideo(config, parameters, inputFor(graph, 'video', feeds['video']));
      const loss = reduceSum(mul(output, inputFor(graph, 'R', feeds['R'])));
      const found = gradients(
        loss,
        trained.map((name) => trainedInput(parameters, name)),
      );
      return Object.fromEntries(found.map((gradient, index) => [`grad.${trained[index]}`, gradient]));
    },
  });
  return new Map([...forward, ...backward]);
}

const rules: Readonly<Record<string, UniformRule>> = {
  load_video_arange: 'start',
  linspace: 'ends',
  segment_middle: 'middle',
};

function frameSampling(folder: GoldenFolder): Comparison[] {
  const cases = folder.json('frame_sampling.json').raw('cases');
  if (!Array.isArray(cases)) return [];
  return cases.flatMap((value, index) => {
    const one = new JsonObject(value, `frame_sampling.json, case ${index}`);
    const [frames, rate] = [one.number('n_frames'), one.number('fps')];
    const name = `${frames} frames at ${rate} a second`;
    const uniform = one.object('uniform');
    return [
      sameNumbers(`${name}, first 5`, firstSeconds(frames, rate, 5), one.numbers('xllm_first5_1fps')),
      sameNumbers(`${name}, all`, firstSeconds(frames, rate), one.numbers('xllm_all_1fps')),
      ...uniform.keys().flatMap((wanted) => {
        const byRule = uniform.object(wanted);
        return byRule.keys().flatMap((formula) => {
          const rule = rules[formula];
          if (!rule) return [];
          const ours = uniformFrames(frames, Number(wanted), rule);
          return [sameNumbers(`${name}, ${wanted} by ${formula}`, ours, byRule.numbers(formula))];
        });
      }),
    ];
  });
}

function configOf(folder: GoldenFolder, positions = 0): VideoConfig {
  const config = folder.json('config.json').object('config');
  const qFormer = config.object('qformer');
  const width = config.number('embed_dim');
  return {
    encoder: {
      imageSize: config.number('img_size'),
      patchEmbedding: { kind: 'patch', size: 14 },
      width,
      depth: config.number('depth'),
      heads: config.number('vit_heads'),
      mlpWidth: Math.trunc(width * config.number('mlp_ratio')),
      positionGrid: Math.sqrt(positions - 1),
      blockEpsilon: 1e-6,
      outputEpsilon: 1e-5,
    },
    qFormer: {
      width: qFormer.number('hidden_size'),
      layers: qFormer.number('num_hidden_layers'),
      heads: qFormer.number('num_attention_heads'),
      feedForwardWidth: qFormer.number('intermediate_size'),
      encoderWidth: qFormer.number('encoder_width'),
      crossAttentionFrequency: qFormer.number('cross_attention_freq'),
      queries: qFormer.number('num_query_token'),
      vocabularySize: qFormer.number('vocab_size'),
      maxPositions: qFormer.number('max_position_embeddings'),
      epsilon: 1e-12,
    },
    adapter: {
      name: 'video_proj',
      width: qFormer.number('hidden_size'),
      outputWidth: config.number('llm_hidden'),
    },
  };
}
