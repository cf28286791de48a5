import { openBundle } from '@x-llm/checkpoint';
import { fbank, normaliseUtterance } from '@x-llm/media';
import { type CFormerConfig, cFormer, hearTokens, type SpeechEncoderConfig } from '@x-llm/models';
import { Graph, Parameters, slice, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddingCache } from './embedding-cache.ts';
import type { Encoded, MediaInterface } from './interfaces/index.ts';
import { speech as definition } from './interfaces/speech.ts';
import { SharedParts } from './shared-parts.ts';
import { ask, picture, startEngine, type TestEngine, user, voice } from './testing/engine.ts';
import type { SpeechInput, TranscribeEvent, TranscribeRequest } from './types.ts';
import { parametersIn } from './weights.ts';

let started: TestEngine;
beforeAll(async () => {
  started = await startEngine({ maxConcurrent: 3 }, { speech: true });
});
afterAll(() => started[Symbol.asyncDispose]());

const greedy = { temperature: 0, maxTokens: 16 } as const;
const hear = (speech: SpeechInput[]) => ask(started.engine, 'what is said?', { ...greedy, speech });

/** The speech interface by itself, over the engine's bundle. */
async function withInterface<Result>(use: (speech: MediaInterface) => Promise<Result>): Promise<Result> {
  using bundle = await openBundle(started.dir);
  using runtime = Runtime.load({ allowSpinning: false });
  const context = {
    bundle,
    runtime,
    session: {},
    hiddenSize: 64,
    cache: new EmbeddingCache(1e6),
    parts: new SharedParts(),
    pictures: undefined,
  };
  using loaded = (await definition.load(context)) as MediaInterface;
  return await use(loaded);
}
const encodeAll = (loaded: MediaInterface, speech: SpeechInput[]): Promise<Encoded[]> =>
  Promise.all(loaded.items(user('', [], { speech }), 'messages[0]').map((item) => item.encode()));

const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0);

describe('speech', () => {
  it('changes the answer, is counted, and keeps its order', async () => {
    const [a, b] = [voice(1, 1), voice(2, 1.5)];
    const none = await hear([]);
    const answers = await Promise.all([[a], [b], [a, b], [b, a]].map(hear));
    expect(new Set([none, ...answers].map(({ text }) => text)).size).toBe(5);
    const [one = 0, other = 0, both, turned] = answers.map(({ start }) => start.speechTokens);
    expect([one, other].every((tokens) => tokens > 2 && tokens < 20)).toBe(true);
    expect([both, turned]).toEqual([one + other, one + other]);
    const tags = (answers[0]?.start.promptTokens ?? 0) - none.start.promptTokens - one;
    expect(tags).toBeGreaterThan(1);
    expect((answers[2]?.start.promptTokens ?? 0) - none.start.promptTokens).toBe(one + other + 2 * tags);
    expect(answers[0]?.end.usage).toMatchObject({ speechTokens: one, imageTokens: 0 });
  });

  it('stands behind the pictures', async () => {
    const images = [picture(1, 16)];
    const speech = [voice(3, 1)];
    const { start } = await ask(started.engine, 'a', { ...greedy, images, speech });
    expect(start.imageTokens).toBe(4);
    expect(start.speechTokens).toBeGreaterThan(2);
  });

  it('is encoded once, and again when a sample changes', async () => {
    const before = started.engine.stats().media;
    const answers = await Promise.all([1, 2, 3].map(() => hear([voice(4, 1)])));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const other = voice(4, 1);
    other.samples[100] = 0.5;
    await hear([other]);
    const { media } = started.engine.stats();
    expect([media.misses - before.misses, media.hits - before.hits]).toEqual([2, 2]);
  });

  it('may say nothing', async () => {
    const none = await hear([]);
    for (let seed = 0; seed < 40; seed++) {
      const { start, end } = await hear([voice(seed, 0.13)]);
      if (start.speechTokens > 0) continue;
      expect(start.promptTokens).toBeGreaterThan(none.start.promptTokens + 1); // its tags
      expect(end.usage.completionTokens).toBeGreaterThan(0);
      return;
    }
    expect.unreachable('every scrap of speech fired');
  });

  it('may be silence', async () => {
    const { end } = await hear([{ samples: new Float32Array(16_000), sampleRateHz: 16_000 }]);
    expect(end.usage.completionTokens).toBeGreaterThan(0);
  });

  it('gives the same rows in a batch of any lengths', async () => {
    const pieces = [voice(1, 0.4), voice(2, 3.21), voice(3, 1.7), voice(4, 0.13), voice(5, 2.2)];
    await withInterface(async (loaded) => {
      const alone: Encoded[] = [];
      for (const piece of pieces) alone.push(...(await encodeAll(loaded, [piece])));
      const together = await withInterface((fresh) => encodeAll(fresh, pieces));
      expect(together.map(({ count }) => count)).toEqual(alone.map(({ count }) => count));
      expect(alone.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(12);
      for (const [at, { rows, firings }] of together.entries()) {
        expect(rows.length).toBe(64 * (alone[at]?.count ?? 0));
        expect(difference(rows, alone[at]?.rows ?? [])).toBeLessThan(1e-4);
        expect(firings?.map(({ endSeconds }) => endSeconds.toFixed(3))).toEqual(
          alone[at]?.firings?.map(({ endSeconds }) => endSeconds.toFixed(3)),
        );
      }
    });
  });

  it('becomes what the models’ functions make of it, run once and without padding', async () => {
    const { samples } = voice(6, 1.9);
    const [encoded] = await withInterface((loaded) => encodeAll(loaded, [voice(6, 1.9)]));
    const { shape, data } = normaliseUtterance(fbank(samples, { window: 'povey' }));
    using bundle = await openBundle(started.dir);
    const parts = bundle.manifest.interfaces.speech;
    const graph = new Graph('speech');
    const parameters = new Parameters(graph, parametersIn(bundle.weights('speech.safetensors')));
    const config = parts?.encoder.config as unknown as SpeechEncoderConfig;
    const features = graph.input('features', 'float32', [1, ...shape]);
    const { embeddings, counts } = hearTokens(
      config,
      parameters,
      features,
      graph.input('lengths', 'int64', [1]),
    );
    const spoken = slice(embeddings, 1, 0, encoded?.count ?? 0);
    const whole = { ...parts?.x2l.config, outputWidth: 64 } as unknown as CFormerConfig;
    graph.output('rows', cFormer(whole, parameters, spoken).output);
    graph.output('counts', counts);
    using runtime = Runtime.load({ allowSpinning: false });
    using session = await runtime.createSession(toModel(graph));
    const outputs = session.runSync({
      features: Tensor.from('float32', data as Float32Array<ArrayBuffer>, [1, ...shape]),
      lengths: Tensor.from('int64', BigInt64Array.of(BigInt(shape[0])), [1]),
    });
    expect(Number(outputs['counts']?.data[0])).toBe(encoded?.count);
    expect(encoded?.count).toBeGreaterThan(3);
    expect(difference(encoded?.rows ?? [], outputs['rows']?.as('float32').data ?? [])).toBeLessThan(1e-5);
  });
});

describe('cancelling', () => {
  it('while speech is encoded frees the slot', async () => {
    const controller = new AbortController();
    const { engine } = started;
    const request = { messages: [user('a', [], { speech: [voice(70, 10)] })] };
    const first = engine.generate(request, { signal: controller.signal }).next();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(engine.stats().active).toBe(1);
    controller.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(engine.stats().active).toBe(0);
  });
});

describe('speech is refused', () => {
  const samples = (length: number, wrong?: number) => {
    const given = new Float32Array(length);
    if (wrong !== undefined) given[7] = wrong;
    return given;
  };
  it.each([
    ['that is empty', samples(0), 16_000, /0 s are too short: at least 0.125 s are needed/],
    ['that is too short', samples(1999), 16_000, /too short/],
    ['that is too long', samples(12 * 16_000 + 1), 16_000, /too long: this model listens for 12 s at most/],
    ['that is no number', samples(16_000, Number.NaN), 16_000, /sample 7 is NaN/],
    ['that is endless', samples(16_000, Number.POSITIVE_INFINITY), 16_000, /sample 7 is Infinity/],
    ['at another rate', samples(16_000), 8000, /expected 16000 samples a second, got 8000/],
  ])('%s', async (_, given, rate, message) => {
    const speech = [voice(1, 1), { samples: given, sampleRateHz: rate as 16_000 }];
    await expect(hear(speech)).rejects.toMatchObject({
      code: 'invalid_audio',
      message: expect.stringMatching(message),
      param: 'messages[0].speech[1]',
    });
  });

  it('that says more than the context holds', async () => {
    const long = Array.from({ length: 7 }, () => voice(1, 11.9));
    await expect(hear(long)).rejects.toMatchObject({ code: 'context_length_exceeded', param: 'messages' });
    expect(started.engine.stats().active).toBe(0);
  });

  it('of any loudness is listened to', async () => {
    const loud = samples(16_000).map((_, at) => (at % 2 === 0 ? 3e38 : -3e38));
    expect((await hear([{ samples: loud, sampleRateHz: 16_000 }])).start.speechTokens).toBeGreaterThanOrEqual(
      0,
    );
  });

  it('by a model that hears none', async () => {
    await using deaf = await startEngine();
    expect(deaf.engine.model.speech).toBeUndefined();
    const { samples: given } = voice(1, 1);
    await expect(deaf.engine.transcribe({ samples: given }).next()).rejects.toMatchObject({
      code: 'unsupported_content_part',
    });
    const events = deaf.engine.generate({ messages: [user('a', [], { speech: [voice(1, 1)] })] });
    await expect(events.next()).rejects.toMatchObject({ param: 'messages[0].speech' });
  });
});

describe('transcribe', () => {
  const run = async (request: TranscribeRequest) => {
    const pieces: string[] = [];
    let end: Extract<TranscribeEvent, { type: 'end' }> | undefined;
    for await (const event of started.engine.transcribe(request)) {
      if (event.type === 'text') pieces.push(event.text);
      if (event.type === 'end') end = event;
    }
    return { text: pieces.join(''), end, tokens: end?.tokens ?? [] };
  };

  it('asks the bundle’s question, greedily, and gives each piece its time', async () => {
    const { samples } = voice(8, 2);
    const { text, end, tokens } = await run({ samples, maxTokens: 9 });
    const question = { ...greedy, maxTokens: 9, speech: [voice(8, 2)] };
    const asked = await ask(started.engine, '请忠实地识别该语音', question);
    expect(text).toBe(asked.text);
    expect(end?.usage).toEqual(asked.end.usage);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    for (const [at, { startSeconds, endSeconds }] of tokens.entries()) {
      expect(startSeconds).toBeGreaterThanOrEqual(at === 0 ? 0 : (tokens[at - 1]?.startSeconds ?? 0));
      expect(endSeconds).toBeGreaterThan(startSeconds);
      expect(endSeconds).toBeLessThanOrEqual(2);
    }
    expect(tokens.at(-1)?.endSeconds).toBeGreaterThan(1.5);
  });

  it('writes no more than twice what was heard, and some, unless it is told how much', async () => {
    const { samples } = voice(10, 1);
    const { end } = await run({ samples });
    const heard = end?.usage.speechTokens ?? 0;
    expect(heard).toBeGreaterThan(0);
    // Weights are random: it would go on for longer.
    expect(end?.usage.completionTokens).toBe(2 * heard + 8);
    const longer = await run({ samples, maxTokens: 2 * heard + 20 });
    expect(longer.end?.usage.completionTokens).toBe(2 * heard + 20);
  });

  it('asks in the language, or what it is told to ask', async () => {
    const { samples } = voice(9, 1);
    const [any, zh, own] = await Promise.all([
      run({ samples, maxTokens: 12 }),
      run({ samples, maxTokens: 12, language: 'zh' }),
      run({ samples, maxTokens: 12, prompt: '写下语音。' }),
    ]);
    expect(zh?.text).toBe(own?.text);
    expect(zh?.text).not.toBe(any?.text);
  });

  it('is refused like any request', async () => {
    const { samples } = voice(9, 1);
    await expect(run({ samples: samples.subarray(0, 10) })).rejects.toMatchObject({ code: 'invalid_audio' });
    await expect(run({ samples, temperature: -1 })).rejects.toMatchObject({ param: 'temperature' });
  });
});
