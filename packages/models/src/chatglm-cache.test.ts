import { toModel } from '@x-llm/onnx';
import { Runtime, type Session, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  attendWhole,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  prefixMask,
  rotary,
  vocabularyScores,
} from './chatglm.ts';
import { cachedChatGlm } from './chatglm-cache.ts';
import { attentionBias, contextLength, int64Rows, nextPosition, positionsOf } from './chatglm-inputs.ts';
import { buildEmbedding, buildSection, rowGiven } from './language-graphs.ts';
import { difference, evaluate, integers, noise } from './testing.ts';

const tokens = { pad: 3, mask: 6, gmask: 7, sop: 8, eop: 9 };
const config: ChatGlmConfig = {
  vocabSize: 40,
  hiddenSize: 16,
  layers: 2,
  heads: 2,
  ffnSize: 24,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 28,
  maxPositions: 32,
  rotaryPrecision: 'float16-frequencies',
  tokens,
};
/** Positions a buffer holds, and slots of the arena: one more than is used, standing idle. */
const [room, slots] = [20, 3];
const sequences = [
  [20, 21, 22, 23, 7, 8, 30, 31, 32],
  [24, 7, 8, 33, 34],
];

/** The scores of the last token of each prefix of a sequence that ends behind <sop>, without any cache. */
async function withoutCache(ids: readonly number[]): Promise<readonly number[]> {
  const length = ids.length;
  const feeds = {
    ids: integers([1, length], ids),
    positions: integers([1, 2, length], positionsOf(ids, tokens).flat()),
    contexts: integers([1], [contextLength(ids, tokens)]),
  };
  const { out } = await evaluate(feeds, (graph, parameters) => {
    const x = embedTokens(config, parameters, graph.input('ids', 'int64', [1, 'T']));
    const turn = rotary(config, graph.input('positions', 'int64', [1, 2, 'T']));
    const mask = prefixMask(graph.input('contexts', 'int64', [1]), 'T');
    const { hidden } = chatglm(config, parameters, x, attendWhole(config, turn, mask));
    return { out: vocabularyScores(config, parameters, hidden) };
  });
  return out?.values.slice(contextLength(ids, tokens) * config.vocabSize) ?? [];
}

const model = cachedChatGlm(config);
const sections = {
  'in one piece': [{ from: 0, to: 2 }],
  'in two sections': [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ],
};

describe.each(Object.entries(sections))('a cache that grows in place, %s', (_, parts) => {
  let runtime: Runtime;
  let [embedding, ...layers]: Session[] = [];
  beforeAll(async () => {
    runtime = Runtime.load();
    const source = (name: string, shape: readonly number[]) =>
      ({ dtype: 'float32', shape, data: noise(shape, name) }) as const;
    const graphs = [buildEmbedding(model, source), ...parts.map((part) => buildSection(model, source, part))];
    [embedding, ...layers] = await Promise.all(graphs.map((graph) => runtime.createSession(toModel(graph))));
  });
  afterAll(() => {
    for (const session of [embedding, ...layers]) session?.[Symbol.dispose]();
    runtime[Symbol.dispose]();
  });

  const width = config.hiddenSize / config.heads;
  const slotSize = config.heads * room * width;
  const newArena = () =>
    Array.from({ length: 2 * config.layers }, () => new Float32Array(slots * slotSize).fill(9));
  /** Slots from…from+count of an arena, as the past and the present of a run. */
  function bind(arena: readonly Float32Array<ArrayBuffer>[], from: number, count: number) {
    const tensors = arena.map((buffer) =>
      Tensor.from('float32', buffer.subarray(from * slotSize, (from + count) * slotSize), [
        count,
        config.heads,
        room,
        width,
      ]),
    );
    const named = (prefix: string) =>
      Object.fromEntries(tensors.map((t, i) => [`${prefix}.${i >> 1}.${i % 2 ? 'value' : 'key'}`, t]));
    return { past: named('past'), present: named('present') };
  }

  /** Tokens [B, T] through all layers; the scores of the last ones, [B, V]. */
  async function scoresOf(
    arena: readonly Float32Array<ArrayBuffer>[],
    { slot, count }: { slot: number; count: number },
    ids: readonly number[],
    feeds: { positions: Tensor; lengths: readonly number[]; bias: Tensor },
  ): Promise<number[]> {
    const { past, present } = bind(arena, slot, count);
    const length = ids.length / count;
    const shape = [count, length, config.hiddenSize];
    // Rows of a prompt are given, tokens of a step are looked up.
    const isStep = length === 1;
    const found = isStep ? undefined : await embedding?.run({ ids: integers([ids.length], ids) });
    const rows = Float32Array.from(
      found?.['embeddings']?.data ?? new Float32Array(count * config.hiddenSize),
      Number,
    );
    const tokens = integers([count, length], isStep ? ids : ids.map(() => rowGiven));
    let hidden: Tensor = Tensor.from('float32', rows, shape);
    for (const [index, session] of layers.entries()) {
      const { from = 0, to = 0 } = parts[index] ?? {};
      const own = (tensors: Readonly<Record<string, Tensor>>) =>
        Object.fromEntries(
          Object.entries(tensors).filter(([name]) => {
            const layer = Number(name.split('.')[1]);
            return layer >= from && layer < to;
          }),
        );
      const out: Readonly<Record<string, Tensor>> =
        to === config.layers
          ? { scores: Tensor.zeros('float32', [count, config.vocabSize]) }
          : { next: Tensor.zeros('float32', shape) };
      const lengths = Tensor.from('int32', Int32Array.from(feeds.lengths), [count]);
      await session.run(
        {
          ...{ hidden, positions: feeds.positions, bias: feeds.bias, lengths },
          ...(from === 0 ? { ids: tokens } : {}),
          ...own(past),
        },
        { outputs: { ...out, ...own(present) } },
      );
      hidden = Object.values(out)[0] ?? hidden;
    }
    return Array.from(hidden.data, Number);
  }

  async function take(
    arena: readonly Float32Array<ArrayBuffer>[],
    slot: number,
    ids: readonly number[],
    from: number,
    to: number,
  ) {
    const rows = to - from;
    const bias = attentionBias({ length: to, context: contextLength(ids, tokens), firstRow: from });
    const positions = positionsOf(ids, tokens).map((row) => row.slice(from, to));
    return scoresOf(arena, { slot, count: 1 }, ids.slice(from, to), {
      positions: Tensor.from('int64', int64Rows(positions), [1, 2, rows]),
      lengths: [to - 1],
      bias: Tensor.from('float32', bias, [1, 1, rows, to]),
    });
  }

  test('gives what no cache gives: prompts alone, then sequences of unequal length together', async () => {
    const arena = newArena();
    const starts = sequences.map((ids) => contextLength(ids, tokens) + 1);
    const got: number[][] = [];
    for (const [slot, ids] of sequences.entries())
      got.push(await take(arena, slot, ids, 0, starts[slot] ?? 0));
    for (let step = 0; step < 2; step++) {
      const upTo = (slot: number) => sequences[slot]?.slice(0, (starts[slot] ?? 0) + step + 1) ?? [];
      const states = [0, 1].map(upTo);
      const lengths = [...states.map((ids) => ids.length - 1), 0];
      const longest = Math.max(...lengths) + 1;
      const last = [...states.map((ids) => ids.at(-1) ?? 0), 0];
      const scores = await scoresOf(arena, { slot: 0, count: slots }, last, {
        positions: integers([slots, 2, 1], [...states.flatMap((ids) => nextPosition(ids, tokens)), 0, 0]),
        lengths,
        bias: Tensor.zeros('float32', [1, 1, 1, longest]),
      });
      got.forEach((row, slot) => {
        row.push(...scores.slice(slot * config.vocabSize, (slot + 1) * config.vocabSize));
      });
    }
    for (const [slot, ids] of sequences.entries()) {
      const wanted = await withoutCache(ids.slice(0, (starts[slot] ?? 0) + 2));
      expect(difference(got[slot] ?? [], wanted)).toBeLessThan(1e-5);
    }
  });

  test('takes what follows <sop> in pieces', async () => {
    const ids = sequences[0] ?? [];
    const context = contextLength(ids, tokens);
    const arena = newArena();
    await take(arena, 1, ids, 0, context + 1);
    await take(arena, 1, ids, context + 1, context + 3);
    const last = await take(arena, 1, ids, context + 3, ids.length);
    expect(difference(last, (await withoutCache(ids)).slice(-config.vocabSize))).toBeLessThan(1e-5);
  });
});
