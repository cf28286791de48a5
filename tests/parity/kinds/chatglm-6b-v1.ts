/** ChatGLM-6B: golden folder `chatglm-6b-v1`. */

import { readFileSync } from 'node:fs';
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  type ChatGlmConfig,
  contextLength,
  embedTokens,
  hiddenFrom,
  int64Rows,
  nextPosition,
  positionsOf,
  rotaryFrequencies,
  rotaryTables,
  trainingRow,
} from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { loadChatGlm } from '@x-llm/text';
import { chatGlmTolerance, configOf, matrix, planes, scoresTolerance, wholeOutputs } from '../chatglm.ts';
import { decodeChatGlmInPlace, decodeJoined, greedy, must, stepsOf } from '../chatglm-decode.ts';
import { compareRows, trainingStep } from '../chatglm-train.ts';
import {
  absolute,
  type Comparison,
  compare,
  compareAll,
  sameNumbers,
  type Tolerance,
  type Values,
} from '../comparison.ts';
import { evaluate, inputFor, tensorOf } from '../evaluate.ts';
import type { GoldenFolder, JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';

export const chatGlmKind: Kind = {
  summary: 'ChatGLM-6B: prompts, every layer, decoding with both caches, loss and its gradient',
  files: ['config.json', 'model.safetensors', 'golden.json', 'golden.safetensors'],
  async check(folder) {
    const config = configOf(folder.json('config.json'));
    const weights = await folder.tensors('model.safetensors');
    const expected = await folder.tensors('golden.safetensors');
    const prompts = folder.json('golden.json').object('prompts');
    const actual = new Map<string, Values>();
    const more: Comparison[] = [];
    const halfRuns = new Map<string, Tolerance>();
    if (prompts.has('train')) {
      const train = await runTraining(config, weights, expected, prompts.object('train'), folder);
      for (const [tensor, values] of train.actual) actual.set(`train/${tensor}`, values);
      more.push(...train.more);
    }
    for (const name of prompts.keys()) {
      const prompt = prompts.object(name);
      const run = await runPrompt(config, weights, prompt, name);
      for (const [tensor, values] of run.actual) actual.set(`${name}/${tensor}`, values);
      more.push(...run.more);
      if (prompt.has('fp16_run_max_abs_diff')) {
        // The reference's own float32 run lies this far from its half precision run.
        const limit = absolute(prompt.number('fp16_run_max_abs_diff') + scoresTolerance.limit);
        halfRuns.set(`${name}/logits_last_fp16_run`, limit);
        actual.set(`${name}/logits_last_fp16_run`, must(run.actual, 'logits_last'));
      }
    }
    for (const [name, values] of rotaryValues(config, expected)) actual.set(name, values);
    const all = compareAll(expected, actual, (name) => halfRuns.get(name) ?? chatGlmTolerance(name));
    return [...all, ...more];
  },
};

/** A whole prompt, then its decoding; the mask and positions that go in are our own, and compared. */
async function runPrompt(config: ChatGlmConfig, weights: SafetensorsFile, prompt: JsonObject, name: string) {
  const { tokens } = config;
  const ids = matrix(prompt, 'input_ids');
  const decode = prompt.has('decode') ? stepsOf(prompt.object('decode')) : undefined;
  // Where decoding has a mask, the tokenizer made mask and positions: it pads, and looks for [MASK] first.
  const byTokenizer = decode?.steps.some(({ hidden }) => hidden) ?? false;
  const options = (row: readonly number[]) =>
    byTokenizer
      ? ({ order: 'mask-first', padding: row.findIndex((id) => id !== tokens.pad) } as const)
      : ({ order: 'gmask-first', padding: 0 } as const);
  const [batch, length] = [ids.length, ids[0]?.length ?? 0];
  const positions = ids.map((row) => positionsOf(row, tokens, options(row)));
  const contexts = ids.map((row) => contextLength(row, tokens));
  const hidden = ids.map((row, index) =>
    hiddenFrom({ length, context: contexts[index] ?? 0, padding: options(row).padding }),
  );
  const mask = Uint8Array.from(hidden.flatMap((row) => [...row]));
  const actual = await evaluate({
    weights,
    feeds: {
      ids: Tensor.from('int64', int64Rows(ids), [batch, length]),
      positions: Tensor.from('int64', int64Rows(positions.flat()), [batch, 2, length]),
      hidden: Tensor.from('bool', mask, [batch, 1, length, length]),
    },
    build: (graph, parameters) =>
      wholeOutputs(
        config,
        parameters,
        embedTokens(config, parameters, graph.input('ids', 'int64', ['B', 'T'])),
        graph.input('positions', 'int64', ['B', 2, 'T']),
        graph.input('hidden', 'bool', ['B', 1, 'T', 'T']),
      ),
  });
  actual.set('attention_mask', { shape: [batch, 1, length, length], data: mask });
  const more = [
    sameNumbers(`${name}/position_ids`, positions.flat(2), planes(prompt, 'position_ids').flat(2)),
  ];
  if (!decode) return { actual, more };

  const sofar = ids.map((row) => [...row]);
  const next = decode.steps.flatMap(({ ids: fed }) =>
    fed.flatMap((id, row) => {
      sofar[row]?.push(id);
      return nextPosition(sofar[row] ?? [], tokens, options(ids[row] ?? []));
    }),
  );
  const wanted = decode.steps.flatMap((step) => step.positions.flat());
  more.push(sameNumbers(`${name}/decode.position_ids`, next, wanted));
  const last = must(actual, 'logits_last');
  actual.set('decode.0.logits', { shape: [batch, config.vocabSize], data: last.data });
  for (const [tensor, values] of await decodeJoined(weights, config, actual, decode.steps))
    actual.set(tensor, values);
  const chosen = decode.tokens.map((_, step) => greedy(must(actual, `decode.${step}.logits`)));
  more.push(sameNumbers(`${name}/decode.tokens`, chosen.flat(), decode.tokens.flat()));
  if (!byTokenizer || !options(ids[0] ?? []).padding) {
    const prompt = { embeds: must(actual, 'embeds'), positions, contexts };
    const inPlace = await decodeChatGlmInPlace(weights, config, prompt, decode.steps);
    for (const [tensor, values] of inPlace) {
      more.push(compare(`${name}/${tensor}, in place`, values, must(actual, tensor), scoresTolerance));
    }
  }
  return { actual, more };
}

/** Rows made from text, trained on. */
async function runTraining(
  config: ChatGlmConfig,
  weights: SafetensorsFile,
  expected: SafetensorsFile,
  prompt: JsonObject,
  folder: GoldenFolder,
) {
  const tokenizer = loadChatGlm(readFileSync(folder.sibling('tokenizer').file('ice_text.model')));
  const lengths = { source: prompt.number('src_txt_len'), target: prompt.number('max_tgt_len') };
  const answers = prompt.strings('text_output');
  const rows = prompt
    .strings('text_input')
    .map((text, row) =>
      trainingRow(tokenizer.encode(text), tokenizer.encode(answers[row] ?? ''), lengths, config.tokens),
    );
  const embeddings = tensorOf(expected, 'train/embeds');
  const actual = await trainingStep({
    weights,
    config,
    rows,
    feeds: { embeddings },
    build: (graph) => {
      const embeds = inputFor(graph, 'embeddings', embeddings);
      return { embeddings: embeds, wanted: { embeds } };
    },
  });
  return { actual, more: compareRows('train', rows, prompt) };
}

function rotaryValues(config: ChatGlmConfig, expected: SafetensorsFile): [string, Values][] {
  const [maxPositions = 0, width = 0] = expected.info('rotary/cos_fp32_run').shape;
  const tables = (rotaryPrecision: ChatGlmConfig['rotaryPrecision'], run: string): [string, Values][] =>
    Object.entries(rotaryTables({ ...config, maxPositions, rotaryPrecision })).map(([name, data]) => [
      `rotary/${name}_${run}`,
      { shape: [maxPositions, width], data },
    ]);
  const frequencies = rotaryFrequencies(config);
  return [
    ...tables('float16-frequencies', 'fp32_run'),
    ...tables('float16', 'fp16_run'),
    ['rotary/inv_freq_fp16', { shape: [frequencies.length], data: frequencies }],
  ];
}
