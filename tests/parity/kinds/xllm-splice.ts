/** Modality embeddings spliced into ChatGLM-6B: golden folder `xllm-splice`. */
import { readFileSync } from 'node:fs';
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  type ChatGlmConfig,
  contextLength,
  embedTokens,
  flattenFrames,
  hiddenFrom,
  int64Rows,
  layOut,
  type Modality,
  modalityTags,
  nextPosition,
  piecesLength,
  positionsOf,
  type SoftPiece,
  splice,
  spliceRows,
  type TagIds,
  trainingRow,
} from '@x-llm/models';
import { type Graph, type Tensor as GraphTensor, pad, slice } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { type ChatGlmTokenizer, loadChatGlm } from '@x-llm/text';
import { chatGlmTolerance, configOf, matrix, planes, wholeOutputs } from '../chatglm.ts';
import { decodeChatGlmInPlace, decodeJoined, greedy, must, stepsOf } from '../chatglm-decode.ts';
import { compareRows, trainingStep } from '../chatglm-train.ts';
import { type Comparison, compare, compareAll, sameNumbers, type Values } from '../comparison.ts';
import { evaluate, inputFor, tensorOf } from '../evaluate.ts';
import { FolderError, type GoldenFolder, type JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** What every case of a folder shares. */
interface Common {
  readonly config: ChatGlmConfig;
  readonly weights: SafetensorsFile;
  readonly expected: SafetensorsFile;
  readonly tokenizer: ChatGlmTokenizer;
}

interface Piece extends TagIds {
  /** The graph input: `image_embeds` and so on, one per modality. */
  readonly input: string;
  /** The name under which the reference lets it into the model: it has a slot for pictures and one for speech. */
  readonly slot: 'image' | 'speech';
  /** [B, n, C], or [B, frames, n, C] of a video */
  readonly embeddings: Tensor;
  readonly count: number;
}

export const xllmSpliceKind: Kind = {
  summary: 'image, speech and video embeddings before the prompt: loss, gradients, decoding',
  files: ['golden.json', 'golden.safetensors'],
  async check(folder) {
    using model = folder.sibling('chatglm-6b-v1');
    const common = await open(folder, model);
    const golden = folder.json('golden.json');
    const actual = new Map<string, Values>();
    const more: Comparison[] = compareTags(common.tokenizer, golden.object('tags'));
    for (const group of ['train', 'infer'] as const) {
      const cases = golden.object(group);
      for (const name of cases.keys()) {
        const path = `${group}/${name}`;
        const run =
          group === 'train'
            ? await runTraining(common, golden, cases.object(name), path)
            : await runInference(common, cases.object(name), path);
        for (const [tensor, values] of run.actual) actual.set(`${path}/${tensor}`, values);
        more.push(...run.more);
      }
    }
    const isInput = ({ tensor }: Comparison) => /^(image|speech|video)_embeds$/.test(tensor);
    const all = compareAll(common.expected, actual, chatGlmTolerance).filter((line) => !isInput(line));
    return [...all, ...more];
  },
};

async function open(folder: GoldenFolder, model: GoldenFolder): Promise<Common> {
  return {
    config: configOf(model.json('config.json')),
    weights: await model.tensors('model.safetensors'),
    expected: await folder.tensors('golden.safetensors'),
    tokenizer: loadChatGlm(readFileSync(folder.sibling('tokenizer').file('ice_text.model'))),
  };
}

const compareTags = (tokenizer: ChatGlmTokenizer, tags: JsonObject): Comparison[] =>
  Object.values(modalityTags).flatMap(({ open, close }) =>
    [open, close].map((tag) =>
      sameNumbers(`tags/${tag}`, tokenizer.encode(tag), tags.raw(tag) as readonly number[]),
    ),
  );

/** The pieces that a case's name stands for: `video+speech`, `image-chat`, `video-unwrapped`. */
function piecesOf({ expected, tokenizer }: Common, path: string, batch?: number): Piece[] {
  const [kinds = '', variant] = (path.split('/')[1] ?? '').split('-');
  return kinds.split('+').map((kind): Piece => {
    if (!(kind in modalityTags)) throw new FolderError(`${path}: "${kind}" is no modality`);
    const { open, close } = modalityTags[kind as Modality];
    const all = tensorOf(expected, `${kind}_embeds`).as('float32');
    const shape = [batch ?? all.shape[0] ?? 1, ...all.shape.slice(1)];
    const size = shape.reduce((product, size) => product * size, 1);
    const bare = variant === 'unwrapped';
    return {
      input: `${kind}_embeds`,
      slot: kind === 'speech' ? 'speech' : 'image',
      open: bare ? [] : tokenizer.encode(open),
      close: bare ? [] : tokenizer.encode(close),
      embeddings: Tensor.from('float32', all.data.slice(0, size), shape),
      count: shape.slice(1, -1).reduce((product, size) => product * size, 1),
    };
  });
}

const feedsOf = (pieces: readonly Piece[]): Record<string, Tensor> =>
  Object.fromEntries(pieces.map(({ input, embeddings }) => [input, embeddings]));

function softPieces(graph: Graph, pieces: readonly Piece[]): SoftPiece[] {
  return pieces.map(({ input, open, close, embeddings }) => {
    const declared = inputFor(graph, input, embeddings);
    return { open, close, embeddings: declared.shape.length === 4 ? flattenFrames(declared) : declared };
  });
}

/** `PREFIXimage`, `PREFIXspeech`: each slot's rows of a spliced batch, tags included. */
function slotRows(x: GraphTensor, pieces: readonly Piece[], prefix: string): Record<string, GraphTensor> {
  let start = 0;
  return Object.fromEntries(
    pieces.map((piece) => {
      const end = start + piecesLength([piece]);
      const rows = slice(x, 1, start, end);
      start = end;
      return [`${prefix}${piece.slot}`, rows];
    }),
  );
}

async function runTraining(common: Common, golden: JsonObject, wanted: JsonObject, path: string) {
  const { config, weights, tokenizer } = common;
  const pieces = piecesOf(common, path);
  const lengths = { source: golden.number('src_txt_len'), target: golden.number('max_tgt_len') };
  const answers = wanted.strings('text_output');
  const texts = wanted
    .strings('text_input')
    .map((text, row) =>
      trainingRow(tokenizer.encode(text), tokenizer.encode(answers[row] ?? ''), lengths, config.tokens),
    );
  const rows = texts.map(({ ids, labels }) => layOut(pieces, ids, labels));
  const textShape = [texts.length, lengths.source + lengths.target];
  const front = piecesLength(pieces);
  const step = await trainingStep({
    weights,
    config,
    rows,
    feeds: {
      ...feedsOf(pieces),
      ids: Tensor.from('int64', int64Rows(texts.map(({ ids }) => ids)), textShape),
    },
    build: (graph, parameters) => {
      const soft = softPieces(graph, pieces);
      const embeddings = splice(config, parameters, soft, graph.input('ids', 'int64', textShape));
      const wantedOf = soft.map((piece, i) => [pieces[i]?.input ?? '', piece.embeddings] as const);
      return { embeddings, wanted: { ...Object.fromEntries(wantedOf), embeds: embeddings } };
    },
  });
  // The gradient of the whole batch of embeddings holds those of the wrapped pieces and of the text.
  const parts = await evaluate({
    weights,
    feeds: {
      x: Tensor.from(
        'float32',
        Float32Array.from(must(step, 'embeds').data, Number),
        must(step, 'embeds').shape,
      ),
      d: Tensor.from(
        'float32',
        Float32Array.from(must(step, 'grad_embeds').data, Number),
        must(step, 'embeds').shape,
      ),
    },
    build: (graph) => {
      const [x, d] = ['x', 'd'].map((name) => graph.input(name, 'float32', must(step, 'embeds').shape));
      if (!x || !d) return {};
      return {
        ...slotRows(x, pieces, 'input_'),
        ...slotRows(d, pieces, 'grad_input_'),
        grad_text_embeds: pad(slice(d, 1, front), 1, front, 0),
      };
    },
  });
  const actual = new Map([
    ...step,
    ...parts,
    [
      'attention_mask',
      hiddenKeys(
        config,
        rows.map(({ ids }) => ids),
      ),
    ],
  ]);
  const positions = rows.flatMap(({ ids }) => positionsOf(ids, config.tokens).flat());
  const more = [
    ...compareRows(path, rows, wanted),
    sameNumbers(`${path}/position_ids`, positions, planes(wanted, 'position_ids').flat(2)),
  ];
  return { actual, more };
}

/** uint8 [B, 1, T, T], 1 = hidden. */
function hiddenKeys(
  config: ChatGlmConfig,
  ids: readonly (readonly number[])[],
): Values & { data: Uint8Array<ArrayBuffer> } {
  const length = ids[0]?.length ?? 0;
  const rows = ids.map((row) => [...hiddenFrom({ length, context: contextLength(row, config.tokens) })]);
  return { shape: [ids.length, 1, length, length], data: Uint8Array.from(rows.flat()) };
}

async function runInference(common: Common, wanted: JsonObject, path: string) {
  const { config, weights, tokenizer } = common;
  const pieces = piecesOf(common, path, 1);
  const text = tokenizer.encodePrompt(wanted.raw('text') as string);
  const { ids } = layOut(pieces, text);
  const length = ids.length;
  const positions = positionsOf(ids, config.tokens);
  const hidden = hiddenKeys(config, [ids]);
  const actual = await evaluate({
    weights,
    feeds: {
      ...feedsOf(pieces),
      ids: Tensor.from('int64', int64Rows([text]), [1, text.length]),
      positions: Tensor.from('int64', int64Rows(positions), [1, 2, length]),
      hidden: Tensor.from('bool', hidden.data, hidden.shape),
    },
    build: (graph, parameters) => {
      const x = splice(
        config,
        parameters,
        softPieces(graph, pieces),
        graph.input('ids', 'int64', [1, text.length]),
      );
      const places = graph.input('positions', 'int64', [1, 2, length]);
      const mask = graph.input('hidden', 'bool', [1, 1, length, length]);
      return { ...wholeOutputs(config, parameters, x, places, mask), ...slotRows(x, pieces, 'input_') };
    },
  });
  actual.set('attention_mask', hidden);
  actual.set('decode.0.logits', { shape: [1, config.vocabSize], data: must(actual, 'logits_last').data });
  const { steps, tokens } = stepsOf(wanted.object('decode'));
  for (const [tensor, values] of await decodeJoined(weights, config, actual, steps))
    actual.set(tensor, values);

  const embeds = await inMemory(common, pieces, text);
  const prompt = { embeds, positions: [positions], contexts: [contextLength(ids, config.tokens)] };
  const inPlace = await decodeChatGlmInPlace(weights, config, prompt, steps);
  const sofar = [...ids];
  const next = steps.flatMap((step) => {
    sofar.push(...step.ids);
    return nextPosition(sofar, config.tokens);
  });
  const chosen = tokens.map((_, step) => greedy(must(actual, `decode.${step}.logits`)));
  const more = [
    sameNumbers(`${path}/input_ids`, ids, matrix(wanted, 'input_ids').flat()),
    sameNumbers(`${path}/position_ids`, positions.flat(), planes(wanted, 'position_ids').flat(2)),
    sameNumbers(
      `${path}/decode.position_ids`,
      next,
      steps.flatMap((step) => step.positions.flat()),
    ),
    sameNumbers(`${path}/decode.tokens`, chosen.flat(), tokens.flat()),
    compare(`${path}/embeds, in memory`, embeds, must(actual, 'embeds'), chatGlmTolerance('embeds')),
    ...[...inPlace].map(([tensor, values]) =>
      compare(`${path}/${tensor}, in place`, values, must(actual, tensor), chatGlmTolerance(tensor)),
    ),
  ];
  return { actual, more };
}

/** The spliced prompt as an engine makes it: rows looked up, then copied between the pieces. */
async function inMemory(
  { config, weights }: Common,
  pieces: readonly Piece[],
  text: readonly number[],
): Promise<Values> {
  const tags = pieces.flatMap(({ open, close }) => [...open, ...close]);
  const found = await evaluate({
    weights,
    feeds: { ids: Tensor.from('int64', int64Rows([[...tags, ...text]]), [tags.length + text.length]) },
    build: (graph, parameters) => ({
      rows: embedTokens(config, parameters, graph.input('ids', 'int64', ['N'])),
    }),
  });
  const rows = pieces.map((piece) => ({ ...piece, rows: Float32Array.from(piece.embeddings.data, Number) }));
  const data = spliceRows(rows, text, () => Float32Array.from(must(found, 'rows').data, Number));
  return { shape: [1, data.length / config.hiddenSize, config.hiddenSize], data };
}
