/** How long it takes to build a graph from its functions, and to write it down. */
import { buildSection, cachedChatGlm, chatglm6b } from '@x-llm/models';
import { Graph, gradients, Parameters, toModel } from '@x-llm/onnx';
import { languageModel } from '@x-llm/train';
import type { Benchmark } from '../benchmark.ts';
import { type Summary, summarise, type Times, timed } from '../statistics.ts';
import { languageConfig, languageShape } from './language-step.ts';

const cases: Record<string, () => Graph> = {
  tinyTraining: () => {
    const graph = new Graph('language');
    const parameters = new Parameters(graph, () => 'input');
    const { loss } = languageModel(languageConfig, languageShape)(graph, parameters);
    const found = gradients(loss, [...parameters.inputs.values()]);
    [...parameters.inputs.keys()].forEach((name, i) => {
      const gradient = found[i];
      if (gradient) graph.output(`gradient/${name}`, gradient);
    });
    return graph;
  },
  chatglm6b: () => buildSection(cachedChatGlm(chatglm6b), () => 'input'),
};

export const graphBuild: Benchmark = {
  summary: 'building and serialising graphs: tiny training step, ChatGLM-6B without weights',
  async run({ runs }) {
    const measurements: Record<string, Summary> = {};
    for (const [name, build] of Object.entries(cases)) {
      const building: Times[] = [];
      const writing: Times[] = [];
      let graph = build(); // warms up
      let bytes = toModel(graph);
      for (let run = 0; run < runs; run++) {
        const [built, buildTimes] = await timed(build);
        const [written, writeTimes] = await timed(() => toModel(built));
        [graph, bytes] = [built, written];
        building.push(buildTimes);
        writing.push(writeTimes);
      }
      for (const [what, times] of Object.entries({ build: building, serialise: writing })) {
        const [wall, cpu] = [times.map((one) => one.wall), times.map((one) => one.cpu)];
        measurements[`${name}.${what}`] = summarise('ms', wall);
        measurements[`${name}.${what}Processor`] = summarise('ms', cpu);
      }
      measurements[`${name}.nodes`] = summarise('nodes', [graph.nodes.length]);
      measurements[`${name}.model`] = summarise('bytes', [bytes.byteLength]);
    }
    return { settings: {}, measurements, ratios: {} };
  },
};
