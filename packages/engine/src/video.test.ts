import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, film, picture, startEngine, type TestEngine, user } from './testing/engine.ts';
import type { ImageInput, VideoInput } from './types.ts';

let started: TestEngine;
beforeAll(async () => {
  started = await startEngine({}, { video: true });
});
afterAll(() => started[Symbol.asyncDispose]());

const greedy = { temperature: 0, maxTokens: 16 } as const;
const watch = (videos: VideoInput[], images: ImageInput[] = []) =>
  ask(started.engine, 'what is this?', { ...greedy, videos, images });

describe('videos', () => {
  it('are their frames in order, each of as many rows as a picture', async () => {
    expect(started.engine.model.video).toEqual({ frames: 3, size: 16 });
    const answers = await Promise.all(
      [
        [1, 2, 3],
        [3, 2, 1],
        [1, 2],
      ].map((seeds) => watch([film(seeds, 16)])),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(3);
    expect(answers.map(({ start }) => [start.videoTokens, start.imageTokens])).toEqual([
      [12, 0],
      [12, 0],
      [8, 0],
    ]);
    expect(answers[0]?.end.usage).toMatchObject({ videoTokens: 12, speechTokens: 0 });
  });

  it('are read with queries of their own, behind the pictures', async () => {
    const still = await watch([film([1], 16)]);
    const image = await watch([], [picture(1, 16)]);
    expect(still.text).not.toBe(image.text);
    const both = await watch([film([2], 16)], [picture(1, 16)]);
    expect(both.start).toMatchObject({ imageTokens: 4, videoTokens: 4 });
    const lengths = [still, image].map(({ start }) => start.promptTokens);
    const none = await watch([]);
    expect(both.start.promptTokens).toBe((lengths[0] ?? 0) + (lengths[1] ?? 0) - none.start.promptTokens);
  });

  it('that stand still are looked at once', async () => {
    const before = started.engine.stats().media;
    await watch([film([40, 40, 41], 16)]);
    await watch([film([41, 40], 16)]);
    const { media } = started.engine.stats();
    expect([media.misses - before.misses, media.hits - before.hits]).toEqual([2, 3]);
  });
});

describe('a video is refused', () => {
  it.each([
    ['of no frames', film([], 16), /expected 1 to 3 frames, got 0/, 'messages[0].videos[0]'],
    ['of too many', film([1, 2, 3, 4], 16), /expected 1 to 3 frames, got 4/, 'messages[0].videos[0]'],
    ['of another size', film([1, 2], 8), /expected 16×16 pixels/, 'messages[0].videos[0].frames[0]'],
  ])('%s', async (_, video, message, param) => {
    await expect(watch([video])).rejects.toMatchObject({
      code: 'invalid_video',
      message: expect.stringMatching(message),
      param,
    });
  });

  it('by a model that watches none', async () => {
    await using blind = await startEngine();
    expect(blind.engine.model.video).toBeUndefined();
    const events = blind.engine.generate({ messages: [user('a', [], { videos: [film([1], 16)] })] });
    await expect(events.next()).rejects.toMatchObject({
      code: 'unsupported_content_part',
      param: 'messages[0].videos',
    });
  });
});
