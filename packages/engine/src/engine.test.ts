import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEngine } from './engine.ts';
import { EngineError } from './error.ts';
import { ask, collect, picture, startEngine, type TestEngine, user } from './testing/engine.ts';
import type { GenerateEvent, GenerateRequest } from './types.ts';

let started: TestEngine;
let engine: LocalEngine;

beforeAll(async () => {
  started = await startEngine({ maxConcurrent: 3, maxQueued: 2 });
  engine = started.engine;
});
afterAll(() => started[Symbol.asyncDispose]());

const sampled = { temperature: 1.2, topP: 0.95, seed: 11, maxTokens: 24 } as const;
const idle = async () => {
  while (engine.stats().active + engine.stats().queued > 0)
    await new Promise((resolve) => setTimeout(resolve, 2));
};
/** Takes the first event, so that the request runs. */
async function begin(request: GenerateRequest, signal?: AbortSignal) {
  const events = engine.generate(request, signal ? { signal } : {});
  const first = await events.next();
  return { first: first.value, events };
}
/** An answer that fills its room of 100 tokens: the likeliest tokens of this model never end it. */
const long = (text = 'what is this?'): GenerateRequest => ({
  messages: [user(text)],
  temperature: 0,
  maxTokens: 100,
});

describe('an answer', () => {
  it('fills its room', async () => {
    const { end } = await collect(engine.generate(long()));
    expect(end).toMatchObject({ finishReason: 'length', usage: { completionTokens: 100 } });
  });

  it('is told as start, text and end, with usage', async () => {
    const { start, end, text, pieces } = await ask(engine, 'what is this?', sampled);
    expect(start.imageTokens).toBe(0);
    expect(end).toEqual({
      type: 'end',
      finishReason: 'length',
      usage: {
        promptTokens: start.promptTokens,
        imageTokens: 0,
        videoTokens: 0,
        speechTokens: 0,
        completionTokens: 24,
      },
    });
    expect(text.length).toBeGreaterThan(5);
    expect(pieces).not.toContain('');
    expect(pieces.length).toBeGreaterThan(5);
  });

  it('is the same for the same seed, another for another', async () => {
    const [one, again, other] = await Promise.all([
      ask(engine, 'what is this?', sampled),
      ask(engine, 'what is this?', sampled),
      ask(engine, 'what is this?', { ...sampled, seed: 12 }),
    ]);
    expect(again.text).toBe(one.text);
    expect(other.text).not.toBe(one.text);
  });

  it('does not depend on what else is answered', async () => {
    const questions = ['what is this?', '这是什么？', 'a', 'how many apples?', 'x y z'];
    const alone: string[] = [];
    for (const question of questions) alone.push((await ask(engine, question, sampled)).text);
    const before = engine.stats();
    const together = await Promise.all(questions.map((question) => ask(engine, question, sampled)));
    const after = engine.stats();
    expect(together.map(({ text }) => text)).toEqual(alone);
    expect(new Set(alone).size).toBe(questions.length);
    // They did share steps.
    const written = after.completionTokens - before.completionTokens;
    expect(after.decodeSteps - before.decodeSteps).toBeLessThan(0.6 * written);
  });

  it('takes the defaults of the bundle', async () => {
    const { end } = await ask(engine, 'what is this?', { temperature: 3, topP: 1, seed: 5 });
    expect(end.usage.completionTokens).toBe(32);
  });

  it('changes with what was asked before', async () => {
    const messages = (answer: string) => [
      user('what is this?'),
      { role: 'assistant' as const, text: answer, images: [], videos: [], speech: [] },
      user('and this?'),
    ];
    const [cat, dog] = await Promise.all([
      collect(engine.generate({ messages: messages('a cat'), temperature: 0, maxTokens: 8 })),
      collect(engine.generate({ messages: messages('an apple'), temperature: 0, maxTokens: 8 })),
    ]);
    expect(cat?.text).not.toBe(dog?.text);
  });
});

describe('the end', () => {
  it('comes before a stop text, wherever tokens are cut', async () => {
    const { text, pieces } = await ask(engine, 'what is this?', sampled);
    const seam = (pieces[0] ?? '').length + (pieces[1] ?? '').length;
    const stop = text.slice(seam - 1, seam + 1); // lies in two pieces
    const cut = await ask(engine, 'what is this?', { ...sampled, stop: ['never there', stop] });
    expect(cut.text).toBe(text.slice(0, text.indexOf(stop)));
    expect(cut.end.finishReason).toBe('stop');
    expect(cut.end.usage.completionTokens).toBeLessThan(24);
  });

  it('comes when the context is full', async () => {
    const { start, end } = await ask(engine, 'a'.repeat(40), { ...sampled, maxTokens: 1000 });
    expect(end.finishReason).toBe('length');
    expect(start.promptTokens + end.usage.completionTokens).toBe(engine.model.contextLength);
  });

  it('comes with the token that ends answers, which is not counted', async () => {
    // Over many seeds a random model writes it sooner or later.
    for (let seed = 0; seed < 200; seed++) {
      const { end } = await ask(engine, 'a', { temperature: 3, topP: 1, seed, maxTokens: 16 });
      if (end.finishReason === 'length') continue;
      expect(end.usage.completionTokens).toBeLessThan(16);
      return;
    }
    expect.unreachable('no answer ended by itself');
  });
});

describe('pictures', () => {
  it('change the answer, are counted, and keep their order', async () => {
    const { imageSize } = engine.model;
    const [a, b] = [picture(1, imageSize), picture(2, imageSize)];
    const greedy = { temperature: 0, maxTokens: 12 } as const;
    const none = await ask(engine, 'what is this?', greedy);
    const answers = await Promise.all(
      [[a], [b], [a, b], [b, a]].map((images) => ask(engine, 'what is this?', { ...greedy, images })),
    );
    expect(new Set([none, ...answers].map(({ text }) => text)).size).toBe(5);
    const tokens = answers.map(({ start }) => [
      start.imageTokens,
      start.promptTokens - none.start.promptTokens,
    ]);
    const tags = (tokens[0]?.[1] ?? 0) - 4;
    expect(tags).toBeGreaterThan(1); // open and close, each with its dummy prefix
    expect(tokens).toEqual([
      [4, 4 + tags],
      [4, 4 + tags],
      [8, 2 * (4 + tags)],
      [8, 2 * (4 + tags)],
    ]);
  });

  it('stand in front, in whichever message they came', async () => {
    const images = [picture(3, engine.model.imageSize)];
    const conversation = (first: typeof images, last: typeof images): GenerateRequest => ({
      messages: [
        user('a', first),
        { role: 'assistant', text: 'b', images: [], videos: [], speech: [] },
        user('c', last),
      ],
      temperature: 0,
    });
    const [one, other] = await Promise.all([
      collect(engine.generate(conversation(images, []))),
      collect(engine.generate(conversation([], images))),
    ]);
    expect(one?.text).toBe(other?.text);
  });

  it('are encoded once', async () => {
    const images = [picture(4, engine.model.imageSize)];
    const before = engine.stats().media;
    const answers = await Promise.all([1, 2, 3].map(() => ask(engine, 'a', { images, temperature: 0 })));
    const { media } = engine.stats();
    expect(media.misses - before.misses).toBe(1);
    expect(media.hits - before.hits).toBe(2);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('give the same rows whatever they are encoded with', async () => {
    const one = { temperature: 0, images: [picture(50, engine.model.imageSize)] } as const;
    const many = [50, 51, 52].map((seed) => picture(seed, engine.model.imageSize));
    await using other = await startEngine();
    const { text } = await ask(other.engine, 'a', { ...one, images: [...one.images] });
    await Promise.all(many.map((image) => ask(engine, 'a', { images: [image], maxTokens: 1 })));
    expect((await ask(engine, 'a', { ...one, images: [...one.images] })).text).toBe(text);
  });
});

describe('cancelling', () => {
  const waitFor = async (what: () => boolean) => {
    const from = performance.now();
    while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - from;
  };

  it('by the signal frees the slot, though nobody asks for events', async () => {
    const controller = new AbortController();
    const { first, events } = await begin(long(), controller.signal);
    expect(first).toMatchObject({ type: 'start' });
    expect(engine.stats().active).toBe(1);
    controller.abort(new Error('gone'));
    expect(await waitFor(() => engine.stats().active === 0)).toBeLessThan(250);
    await expect(events.next()).rejects.toThrow('gone');
  });

  it('by leaving the loop frees the slot', async () => {
    for await (const event of engine.generate(long())) if (event.type === 'text') break;
    expect(engine.stats().active).toBe(0);
  });

  it('leaves the queue, and leaves others alone', async () => {
    const held = await Promise.all([1, 2, 3].map(() => begin(long())));
    const controller = new AbortController();
    const waiting = collect(engine.generate(long(), { signal: controller.signal }));
    waiting.catch(() => undefined);
    await waitFor(() => engine.stats().queued === 1);
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/);
    expect(engine.stats().queued).toBe(0);
    for (const { events } of held) await events.return();
    await idle();
    expect((await ask(engine, 'what is this?', sampled)).end.usage.completionTokens).toBe(24);
  });

  it('before the beginning does nothing', async () => {
    const { requests } = engine.stats();
    await expect(collect(engine.generate(long(), { signal: AbortSignal.abort() }))).rejects.toThrow(/abort/);
    expect(engine.stats().requests).toBe(requests);
  });
});

describe('a request is refused', () => {
  const code = async (events: AsyncIterable<GenerateEvent>) => {
    const error = await collect(events).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(EngineError);
    return error instanceof EngineError ? error : new EngineError('model_failure', '');
  };
  const image = () => picture(1, engine.model.imageSize);

  it.each<[string, string, RegExp, string, () => GenerateRequest]>([
    [
      'too long',
      'context_length_exceeded',
      /take 2\d\d tokens; the context has 128/,
      'messages',
      () => long('a'.repeat(200)),
    ],
    [
      'hopelessly long',
      'context_length_exceeded',
      /have 9000\d\d characters/,
      'messages',
      () => long('a'.repeat(900_000)),
    ],
    [
      'too many pictures',
      'context_length_exceeded',
      /their 30 media items take/,
      'messages',
      () => ({ messages: [user('a', Array.from({ length: 30 }, image))] }),
    ],
    ['no messages', 'invalid_value', /last message must be/, 'messages', () => ({ messages: [] })],
    ['two questions', 'invalid_value', /assistant/, 'messages', () => ({ messages: [user('a'), user('b')] })],
    [
      'another size',
      'invalid_image',
      /expected 16×16 pixels in 768 bytes, got 8×8/,
      'messages[0].images[1]',
      () => ({ messages: [user('a', [image(), picture(1, 8)])] }),
    ],
    [
      'temperature',
      'invalid_value',
      /temperature: .*got -1/,
      'temperature',
      () => ({ ...long(), temperature: -1 }),
    ],
    ['no number', 'invalid_value', /topP: .*NaN/, 'topP', () => ({ ...long(), topP: Number.NaN })],
    ['topK', 'invalid_value', /topK/, 'topK', () => ({ ...long(), topK: 0 })],
    ['seed', 'invalid_value', /seed/, 'seed', () => ({ ...long(), seed: 0.5 })],
    ['maxTokens', 'invalid_value', /maxTokens/, 'maxTokens', () => ({ ...long(), maxTokens: 0 })],
    ['empty stop', 'invalid_value', /stop/, 'stop', () => ({ ...long(), stop: ['a', ''] })],
  ])('%s', async (_, expected, message, param, request) => {
    const error = await code(engine.generate(request()));
    expect(error).toMatchObject({ code: expected, param });
    expect(error.message).toMatch(message);
  });

  it('when the queue is full, with a hint', async () => {
    const held = await Promise.all([1, 2, 3].map(() => begin(long())));
    const queued = [1, 2].map(() => collect(engine.generate({ ...long(), maxTokens: 2 })));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(engine.stats()).toMatchObject({ active: 3, queued: 2, maxQueued: 2 });
    const error = await code(engine.generate(long()));
    expect(error.code).toBe('overloaded');
    expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    for (const { events } of held) await events.return();
    expect((await Promise.all(queued)).map(({ end }) => end.usage.completionTokens)).toEqual([2, 2]);
  });

  it('when the model cannot see', async () => {
    await using blind = await startEngine({}, { image: false });
    expect(blind.engine.model.imageSize).toBe(0);
    const error = await code(blind.engine.generate({ messages: [user('a', [image()])] }));
    expect(error).toMatchObject({ code: 'unsupported_content_part', param: 'messages[0].images' });
    expect((await ask(blind.engine, 'a', { maxTokens: 3 })).end.usage.completionTokens).toBeLessThan(4);
  });
});

describe('closing', () => {
  it('drains: what runs ends, what comes is refused', async () => {
    await using other = await startEngine({ maxConcurrent: 1 });
    const running = [ask(other.engine, 'a', sampled), ask(other.engine, 'b', sampled)];
    await new Promise((resolve) => setTimeout(resolve, 0));
    const drained = other.engine.drain();
    expect(other.engine.ready()).toBe(false);
    await expect(ask(other.engine, 'c')).rejects.toMatchObject({ code: 'draining' });
    await drained;
    expect((await Promise.all(running)).map(({ end }) => end.usage.completionTokens)).toEqual([24, 24]);
  });

  it('stops what runs', async () => {
    await using other = await startEngine();
    const events = other.engine.generate(long());
    for (let type = ''; type !== 'text'; ) type = (await events.next()).value?.type ?? 'text';
    const closed = other.engine.close();
    await expect(events.next()).rejects.toMatchObject({ code: 'draining' });
    await closed;
    await other.engine.close();
  });
});
