/** VisualGLM-6B from the files that the hub has to an answer about a picture. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle, openSafetensors, openWeights, type Weights, writeSafetensors } from '@x-llm/checkpoint';
import { loadEngine } from '@x-llm/engine';
import { importCheckpoint } from '@x-llm/engine/import';
import { clipNormalisation, normalise } from '@x-llm/media';
import {
  adapter,
  type ChatGlmConfig,
  contextLength,
  evaVit,
  evaVitG,
  hiddenFrom,
  int64Rows,
  layOut,
  positionsOf,
  qFormerBase,
  readImage,
  splice,
} from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { AnswerCleaner, chatTemplates, loadChatGlm } from '@x-llm/text';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf, wholeOutputs } from './chatglm.ts';
import { must } from './chatglm-decode.ts';
import { evaluate } from './evaluate.ts';
import { goldenRoot, JsonObject } from './folder.ts';

const size = 28;
const queries = 8;
const picture = {
  rgb: Uint8Array.from({ length: 3 * size * size }, (_, at) => (at * 37 + (at >> 5)) % 256),
  size,
};

let root = '';
let from = '';
let to = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-visualglm-'));
  from = await wholeCheckpoint();
  to = join(root, 'bundle');
  await importCheckpoint({ from, to });
});
afterAll(() => rm(root, { recursive: true }));

/** The golden folder with its tokenizer, as the hub has VisualGLM-6B. */
async function wholeCheckpoint(): Promise<string> {
  const folder = join(root, 'checkpoint');
  await cp(join(goldenRoot, 'visualglm-6b'), folder, { recursive: true });
  await cp(join(goldenRoot, 'tokenizer/ice_text.model'), join(folder, 'ice_text.model'));
  return folder;
}

/** The interface's weights under LAVIS's names, taken apart by hand. */
function byHand(weights: Weights) {
  const named: { name: string; shape: number[]; dtype: 'float32'; data: Float32Array }[] = [];
  const put = (name: string, theirs: string, [at, of] = [0, 1], lead: number[] = []) => {
    const { shape } = weights.fileOf(theirs).info(theirs);
    const all = weights.readFloat32(theirs);
    const [rows = 1, ...rest] = shape;
    const data = all.slice((at * all.length) / of, ((at + 1) * all.length) / of);
    named.push({ name, shape: [...lead, rows / of, ...rest], dtype: 'float32', data });
  };
  const both = (name: string, theirs: string, part?: [number, number]) => {
    for (const kind of ['weight', 'bias']) put(`${name}.${kind}`, `${theirs}.${kind}`, part);
  };
  const vit = 'image_encoder.vit.transformer';
  put('visual_encoder.cls_token', `${vit}.word_embeddings.weight`, [0, 1], [1]);
  put('visual_encoder.pos_embed', `${vit}.position_embeddings.weight`, [0, 1], [1]);
  both('visual_encoder.patch_embed.proj', 'image_encoder.vit.mixins.patch_embedding.proj');
  both('ln_vision', 'image_encoder.vit.mixins.cls.ln_vision');
  for (const n of [0, 1]) {
    const [ours, theirs] = [`visual_encoder.blocks.${n}`, `${vit}.layers.${n}`];
    both(`${ours}.norm1`, `${theirs}.input_layernorm`);
    put(`${ours}.attn.qkv.weight`, `${theirs}.attention.query_key_value.weight`);
    put(`${ours}.attn.q_bias`, `${theirs}.attention.query_key_value.bias`, [0, 3]);
    put(`${ours}.attn.v_bias`, `${theirs}.attention.query_key_value.bias`, [2, 3]);
    both(`${ours}.attn.proj`, `${theirs}.attention.dense`);
    both(`${ours}.norm2`, `${theirs}.post_attention_layernorm`);
    both(`${ours}.mlp.fc1`, `${theirs}.mlp.dense_h_to_4h`);
    both(`${ours}.mlp.fc2`, `${theirs}.mlp.dense_4h_to_h`);
  }
  const reader = 'image_encoder.qformer.transformer';
  put('query_tokens', `${reader}.word_embeddings.weight`, [0, 1], [1]);
  both('Qformer.bert.embeddings.LayerNorm', `${reader}.layers.0.input_layernorm`);
  for (const n of [0, 1, 2]) {
    const [ours, theirs] = [`Qformer.bert.encoder.layer.${n}`, `${reader}.layers.${n}`];
    both(`${ours}.attention.self.query`, `${theirs}.attention.query_key_value`, [0, 3]);
    both(`${ours}.attention.self.key`, `${theirs}.attention.query_key_value`, [1, 3]);
    both(`${ours}.attention.self.value`, `${theirs}.attention.query_key_value`, [2, 3]);
    both(`${ours}.attention.output.dense`, `${theirs}.attention.dense`);
    both(`${ours}.attention.output.LayerNorm`, `${theirs}.post_attention_layernorm`);
    if (n !== 1) {
      both(`${ours}.crossattention.self.query`, `${theirs}.cross_attention.query`);
      both(`${ours}.crossattention.self.key`, `${theirs}.cross_attention.key_value`, [0, 2]);
      both(`${ours}.crossattention.self.value`, `${theirs}.cross_attention.key_value`, [1, 2]);
      both(`${ours}.crossattention.output.dense`, `${theirs}.cross_attention.dense`);
      both(`${ours}.crossattention.output.LayerNorm`, `${theirs}.post_cross_attention_layernorm`);
    }
    both(`${ours}.intermediate_query.dense`, `${theirs}.mlp.dense_h_to_4h`);
    both(`${ours}.output_query.dense`, `${theirs}.mlp.dense_4h_to_h`);
    const behind = n === 2 ? `${reader}.final_layernorm` : `${reader}.layers.${n + 1}.input_layernorm`;
    both(`${ours}.output_query.LayerNorm`, behind);
  }
  both('glm_proj', 'image_encoder.glm_proj');
  return named;
}

test('is a bundle that sees', async () => {
  using bundle = await openBundle(to);
  const { interfaces, chatTemplate, generation, tokenizer } = bundle.manifest;
  expect({ chatTemplate, generation, tokenizer }).toEqual({
    chatTemplate: 'visualglm-6b',
    generation: {
      temperature: 0.8,
      topP: 0.4,
      topK: 100,
      repetitionPenalty: 1.2,
      repetitionOf: 'answer',
      maxTokens: 1024,
    },
    tokenizer: { type: 'chatglm-6b', file: 'ice_text.model' },
  });
  expect(interfaces.image).toMatchObject({
    preprocessing: { size, ...clipNormalisation },
    encoder: {
      architecture: 'eva-vit',
      config: { width: 24, depth: 2, heads: 2, mlpWidth: 40, positionGrid: 2, outputEpsilon: 1e-5 },
    },
    x2l: { architecture: 'q-former', config: { width: 32, layers: 3, queries, feedForwardWidth: 128 } },
    adapter: { architecture: 'linear', config: { width: 32, outputWidth: 64, name: 'glm_proj' } },
  });
  using weights = await openWeights(from);
  const wanted = byHand(weights);
  const file = bundle.weights('image.safetensors');
  expect([...file.tensors.keys()].sort()).toEqual(wanted.map(({ name }) => name).sort());
  for (const { name, shape, data } of wanted) {
    expect(file.info(name)).toMatchObject({ dtype: 'float16', shape });
    expect(file.readFloat32(name), name).toEqual(data);
  }
});

test.each([
  ['greedily', 1, 2],
  ['with words of its answer made less likely', 4, 6],
])('answers %s what the graphs give for the same weights', async (_, repetitionPenalty, different) => {
  const tokenizer = loadChatGlm(await readFile(join(from, 'ice_text.model')));
  const config = configOf(
    new JsonObject(JSON.parse(await readFile(join(from, 'config.json'), 'utf8')), 'config'),
  );
  // What the reference's tokenizer made of `<img></img>问：图片中有什么？\n答：` (golden chat-templates.json).
  const open = [5, 420, 108, 109, 140, 93];
  const close = [5, 420, 23, 108, 109, 140, 93];
  const text = [104, 12, 435, 425, 144, 102, 8, 4, 101, 12, 457, 460];
  const prompt = { open, close, text, repetitionPenalty, pieces: tokenizer.vocabSize };
  const wanted = await decode(config, { ...prompt, repeated: [] });
  // Or it would be no test: other tokens, and none of the question's made less likely.
  expect(new Set(wanted).size).toBeGreaterThanOrEqual(different);
  if (repetitionPenalty > 1) expect(await decode(config, { ...prompt, repeated: text })).not.toEqual(wanted);

  const engine = await loadEngine(to);
  try {
    const messages = [
      { role: 'user' as const, text: '图片中有什么？', images: [picture], videos: [], speech: [] },
    ];
    let answer = '';
    for await (const event of engine.generate({
      messages,
      temperature: 0,
      repetitionPenalty,
      maxTokens: wanted.length,
    })) {
      if (event.type === 'start') {
        expect(event.imageTokens).toBe(queries);
        expect(event.promptTokens).toBe(open.length + queries + close.length + text.length);
      }
      if (event.type === 'text') answer += event.text;
    }
    const cleaner = new AnswerCleaner(chatTemplates['visualglm-6b'].cleanUp);
    expect(answer).toBe(cleaner.push(tokenizer.decode(wanted)) + cleaner.flush());
  } finally {
    await engine.close();
  }
});

/** Eight tokens, each from the whole sequence before it. */
async function decode(
  config: ChatGlmConfig,
  {
    open,
    close,
    text,
    repetitionPenalty,
    repeated,
    pieces,
  }: Record<'open' | 'close' | 'text' | 'repeated', number[]> &
    Record<'repetitionPenalty' | 'pieces', number>,
): Promise<number[]> {
  const path = join(root, `by-hand-${repetitionPenalty}.safetensors`);
  using weights = await openWeights(from);
  using language = await openSafetensors(join(goldenRoot, 'chatglm-6b-v1/model.safetensors'));
  await writeSafetensors(path, [
    ...byHand(weights),
    ...[...language.tensors].map(([name, { dtype, shape }]) => ({
      name,
      dtype,
      shape,
      data: language.read(name),
    })),
  ]);
  using all = await openSafetensors(path);
  const written: number[] = [];
  const pixels = Tensor.from(
    'float32',
    Float32Array.from(normalise(picture.rgb, { size, ...clipNormalisation })),
    [1, 3, size, size],
  );
  for (let step = 0; step < 8; step++) {
    const own = [...text, ...written];
    const { ids } = layOut([{ open, close, count: queries }], own);
    const { length } = ids;
    const hidden = Uint8Array.from(hiddenFrom({ length, context: contextLength(ids, config.tokens) }));
    const outputs = await evaluate({
      weights: all,
      feeds: {
        pixels,
        ids: Tensor.from('int64', int64Rows([own]), [1, own.length]),
        positions: Tensor.from('int64', int64Rows(positionsOf(ids, config.tokens)), [1, 2, length]),
        hidden: Tensor.from('bool', hidden, [1, 1, length, length]),
      },
      build: (graph, parameters) => {
        const vit = {
          ...evaVitG,
          imageSize: size,
          width: 24,
          depth: 2,
          heads: 2,
          mlpWidth: 40,
          positionGrid: 2,
        };
        const reader = {
          ...qFormerBase,
          width: 32,
          layers: 3,
          heads: 4,
          feedForwardWidth: 128,
          encoderWidth: 24,
          queries,
        };
        const { output: states } = evaVit(
          vit,
          parameters,
          graph.input('pixels', 'float32', [1, 3, size, size]),
        );
        const { output: rows } = readImage(reader, parameters, { states });
        const embeddings = adapter(
          { width: 32, outputWidth: config.hiddenSize, name: 'glm_proj' },
          parameters,
          rows,
        );
        const x = splice(
          config,
          parameters,
          [{ open, close, embeddings }],
          graph.input('ids', 'int64', [1, own.length]),
        );
        const positions = graph.input('positions', 'int64', [1, 2, length]);
        const mask = graph.input('hidden', 'bool', [1, 1, length, length]);
        const { logits_last: scores = x } = wholeOutputs(config, parameters, x, positions, mask);
        return { scores };
      },
    });
    // Ids that the tokenizer has no piece for are never written.
    const scores = Float32Array.from(must(outputs, 'scores').data, Number).subarray(0, pieces);
    for (const id of new Set([...repeated, ...written])) {
      const score = scores[id] ?? 0;
      scores[id] = score < 0 ? score * repetitionPenalty : score / repetitionPenalty;
    }
    const next = scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
    if (next === config.tokens.eop) break;
    written.push(next);
  }
  return written;
}
