/** ChatGLM2-6B, ChatGLM3-6B, GLM-4-9B in both forms, GLM-4-0414: golden folders of these names. */
import { openWeights, type SafetensorsFile, type Weights } from '@x-llm/checkpoint';
import {
  attendCausally,
  type GlmConfig,
  glm,
  glmHidden,
  glmLoss,
  glmPositions,
  glmRotary,
  glmScores,
  int64Rows,
  labelRows,
} from '@x-llm/models';
import { gather, gradients, reshape } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { chatGlmTolerance, matrix, scoresTolerance } from '../chatglm.ts';
import { greedy, must } from '../chatglm-decode.ts';
import {
  type Comparison,
  compare,
  compareAll,
  hideRows,
  list,
  sameNumbers,
  type Values,
} from '../comparison.ts';
import { evaluate, inputFor, tensorOf } from '../evaluate.ts';
import type { GoldenFolder, JsonObject } from '../folder.ts';
import { decodeGlmInPlace, decodeGlmJoined, glmConfigOf, wholeGlmOutputs } from '../glm.ts';
import type { Kind } from '../kind.ts';

export const glmKind: Kind = {
  summary: 'GLM: prompts, every layer, decoding with both caches, loss and its gradient',
  files: ['config.json', 'golden.json', 'golden.safetensors'],
  async check(folder) {
    const config = glmConfigOf(folder.json('config.json'));
    using weights = await openWeights(folder.path);
    const expected = await folder.tensors('golden.safetensors');
    const prompts = folder.json('golden.json').object('prompts');
    const comparisons: Comparison[] = [];
    for (const name of prompts.keys())
      comparisons.push(
        ...(await comparePrompt({ config, weights, expected, folder }, name, prompts.object(name))),
      );
    return comparisons;
  },
};

interface Checked {
  readonly config: GlmConfig;
  readonly weights: Weights;
  readonly expected: SafetensorsFile;
  readonly folder: GoldenFolder;
}

async function comparePrompt(of: Checked, name: string, prompt: JsonObject): Promise<Comparison[]> {
  const masks = matrix(prompt, 'attention_mask');
  const divisor = prompt.has('position_divisor') ? prompt.number('position_divisor') : 1;
  const config = { ...of.config, positionDivisor: divisor };
  const run = prompt.has('labels')
    ? runTraining(of, prompt, masks)
    : runPrompt(config, of.weights, prompt, masks);
  const { actual, more } = await run;
  const own = new Map([...actual].map(([tensor, values]) => [`${name}/${tensor}`, values]));
  // Pads' rows do not count; of caches these are rows of every head, and answers follow.
  const shown = (tensor: string, values: Values): Values => {
    if (/logits|loss|attention_mask/.test(tensor))
      return /\/logits$/.test(tensor) ? hideRows(values, masks.flat()) : values;
    const [, heads = 1, rows = 1] = values.shape;
    const after = (mask: readonly number[]) => Array.from({ length: rows }, (_, row) => mask[row] ?? 1);
    const caches = /cache/.test(tensor);
    return hideRows(
      values,
      caches ? masks.flatMap((mask) => Array(heads).fill(after(mask)).flat()) : masks.flat(),
    );
  };
  const mine = compareAll(
    {
      tensors: new Map([...of.expected.tensors].filter(([tensor]) => tensor.startsWith(`${name}/`))),
      read: (tensor) => of.expected.read(tensor),
    },
    own,
    chatGlmTolerance,
    shown,
  );
  return [...mine, ...more.map((comparison) => ({ ...comparison, tensor: `${name}/${comparison.tensor}` }))];
}

/** A whole prompt, then its decoding; the mask and positions that go in are our own, and compared. */
async function runPrompt(config: GlmConfig, weights: Weights, prompt: JsonObject, masks: number[][]) {
  const ids = matrix(prompt, 'input_ids');
  const [batch, length] = [ids.length, ids[0]?.length ?? 0];
  const positions = masks.map(glmPositions);
  const hidden = Uint8Array.from(masks.flatMap((mask) => [...glmHidden(mask)]));
  const actual = await evaluate({
    weights,
    feeds: {
      ids: Tensor.from('int64', int64Rows(ids), [batch, length]),
      positions: Tensor.from('int64', int64Rows(positions), [batch, length]),
      hidden: Tensor.from('bool', hidden, [batch, 1, length, length]),
    },
    build: (graph, parameters) =>
      wholeGlmOutputs(config, parameters, {
        ids: graph.input('ids', 'int64', ['B', 'T']),
        positions: graph.input('positions', 'int64', ['B', 'T']),
        hidden: graph.input('hidden', 'bool', ['B', 1, 'T', 'T']),
      }),
  });
  actual.set('full_attention_mask', { shape: [batch, 1, length, length], data: hidden });
  const logits = must(actual, 'logits');
  const rows = prompt.numbers('last_position').flatMap((at, row) => {
    const start = (row * length + at) * config.vocabSize;
    return Array.from({ length: config.vocabSize }, (_, id) => Number(logits.data[start + id]));
  });
  const last = { shape: [batch, config.vocabSize], data: rows };
  actual.set('logits_last', last);
  const real = (values: readonly (readonly number[])[]) =>
    values.flatMap((row, b) => row.filter((_, at) => masks[b]?.[at] === 1));
  const more = [sameNumbers('position_ids', real(positions), real(matrix(prompt, 'position_ids')))];
  if (!prompt.has('decode')) return { actual, more };

  const decode = prompt.object('decode');
  const steps = decode
    .objects('steps')
    .slice(1)
    .map((step) => matrix(step, 'input_ids').flat());
  actual.set('decode.0.logits', last);
  for (const [tensor, values] of await decodeGlmJoined(weights, config, actual, masks, steps))
    actual.set(tensor, values);
  const chosen = ids.map((_, row) =>
    Array.from(
      { length: steps.length + 1 },
      (__, step) => greedy(must(actual, `decode.${step}.logits`))[row] ?? -1,
    ),
  );
  more.push(sameNumbers('decode.generated', chosen.flat(), matrix(decode, 'generated').flat()));
  if (config.headWidth % 8 !== 0) return { actual, more }; // ONNX Runtime's operator takes no such heads
  const embeds = Float32Array.from(must(actual, 'embeds').data, Number);
  const alone = masks.map((mask, row) => {
    const start = row * length + mask.indexOf(1);
    return embeds.slice(start * config.hiddenSize, (row + 1) * length * config.hiddenSize);
  });
  for (const [tensor, values] of await decodeGlmInPlace(weights, config, alone, steps)) {
    more.push(compare(`${tensor}, in place`, values, must(actual, tensor), scoresTolerance));
  }
  return { actual, more };
}

/** One training step, from the golden folder's embeddings. */
async function runTraining({ config, weights, expected }: Checked, prompt: JsonObject, masks: number[][]) {
  const rows = labelRows(matrix(prompt, 'labels'));
  const count = rows.rows.length;
  const embeddings = tensorOf(expected, 'train/embeds');
  const [batch = 1, length = 1, width = 1] = embeddings.shape;
  const hidden = Uint8Array.from(masks.flatMap((mask) => [...glmHidden(mask)]));
  const actual = await evaluate({
    weights,
    feeds: {
      embeddings,
      positions: Tensor.from('int64', int64Rows(masks.map(glmPositions)), [batch, length]),
      hidden: Tensor.from('bool', hidden, [batch, 1, length, length]),
      rows: Tensor.from('int64', rows.rows, [count]),
      labels: Tensor.from('int64', rows.labels, [count]),
    },
    build: (graph, parameters) => {
      const embeds = inputFor(graph, 'embeddings', embeddings);
      const turn = glmRotary(config, graph.input('positions', 'int64', [batch, length]));
      const mask = graph.input('hidden', 'bool', [batch, 1, length, length]);
      const found = glm(config, parameters, embeds, attendCausally(turn, mask));
      const targets = {
        rows: graph.input('rows', 'int64', ['N']),
        labels: graph.input('labels', 'int64', ['N']),
      };
      const loss = glmLoss(config, parameters, found.hidden, targets);
      const [gradient = loss] = gradients(loss, [embeds]);
      const flat = reshape(found.hidden, [batch * length, width]);
      return {
        embeds,
        ...Object.fromEntries(found.blocks.map((output, layer) => [`layer.${layer}`, output])),
        final_norm: found.hidden,
        loss: reshape(loss, [1]),
        logits_at_labels: glmScores(config, parameters, gather(flat, targets.rows)),
        grad_embeds: gradient,
      };
    },
  });
  const wanted = matrix(prompt, 'label_rows').map(([row = 0, at = 0]) => row * length + at);
  const scored = list(Array.from(rows.rows, Number));
  return { actual, more: [sameNumbers('label_rows', Array.from(scored.data, Number), wanted)] };
}
