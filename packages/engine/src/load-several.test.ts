import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleManifest, openBundle, writeBundle } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from './load.ts';
import { loadEngines } from './load-several.ts';
import { SharedParts } from './shared-parts.ts';
import { ask, collect, film, picture, user, voice } from './testing/engine.ts';
import { writeRandomBundle } from './testing/random-bundle.ts';

let folder: string;
let all: string;
let textOnly: string;
let deaf: string;

/** The same files under another name, with some of the interfaces. */
async function variant(name: string, keep: (keyof BundleManifest['interfaces'])[]): Promise<string> {
  const dir = join(folder, name);
  using from = await openBundle(all);
  const { files, interfaces, ...manifest } = from.manifest;
  await writeBundle(
    dir,
    { ...manifest, name, interfaces: Object.fromEntries(keep.map((one) => [one, interfaces[one]])) },
    Object.fromEntries(
      Object.entries(files).map(([file, entry]) => [file, { linkOf: from.file(file), entry }]),
    ),
  );
  return dir;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xllm-several-'));
  all = join(folder, 'all');
  await writeRandomBundle(all, { video: true, speech: true });
  textOnly = await variant('text-only', []);
  deaf = await variant('deaf', ['image', 'video']);
});
afterAll(() => rm(folder, { recursive: true }));

const greedy = { temperature: 0, maxTokens: 6 };

describe('models that have parts in common', () => {
  it('share them until the last is closed', async () => {
    const parts = new SharedParts();
    const first = await loadEngine(all, { parts });
    // Language model; pictures' encoder, readers of images and videos; speech's encoder and reader.
    expect(parts.count).toBe(6);
    const second = await loadEngine(deaf, { parts });
    const third = await loadEngine(textOnly, { parts });
    expect(parts.count).toBe(6);
    expect(second.stats().queue).toBe(first.stats().queue);
    await first.close();
    expect(parts.count).toBe(4);
    await second.close();
    expect(parts.count).toBe(1);
    expect((await ask(third, 'a', greedy)).end.usage.completionTokens).toBeGreaterThan(0);
    await third.close();
    expect(parts.count).toBe(0);
  });

  it('answer what each answers alone, also at the same time', async () => {
    const alone: string[] = [];
    const questions = [
      { images: [picture(1, 16)] },
      { videos: [film([2, 3], 16)] },
      { images: [picture(2, 16)] },
      {},
    ];
    for (const [at, dir] of [deaf, deaf, all, textOnly].entries()) {
      const engine = await loadEngine(dir);
      alone.push((await ask(engine, 'what is this?', { ...greedy, ...questions[at] })).text);
      await engine.close();
    }
    const [whole, sees, reads] = await loadEngines([all, deaf, textOnly]);
    if (!whole || !sees || !reads) throw new Error('three were asked for');
    const together = await Promise.all(
      [sees, sees, whole, reads].map((engine, at) =>
        ask(engine, 'what is this?', { ...greedy, ...questions[at] }),
      ),
    );
    expect(together.map(({ text }) => text)).toEqual(alone);
    await expect(ask(sees, 'a', { speech: [voice(1, 1)] })).rejects.toMatchObject({
      code: 'unsupported_content_part',
    });
    await Promise.all([whole, sees, reads].map((engine) => engine.close()));
  });

  it('share slots and queue, and count their own requests', async () => {
    const [one, other] = await loadEngines([deaf, textOnly], { maxConcurrent: 1, maxQueued: 1 });
    if (!one || !other) throw new Error('two were asked for');
    const slow = one.generate({ messages: [user('a')], temperature: 1, maxTokens: 60 });
    await slow.next();
    const waiting = collect(other.generate({ messages: [user('b')], maxTokens: 2 }));
    expect(one.stats()).toMatchObject({ active: 1, queued: 0 });
    expect(other.stats()).toMatchObject({ active: 0, queued: 1 });
    await expect(ask(one, 'c')).rejects.toMatchObject({ code: 'overloaded' });
    await slow.return();
    expect((await waiting).end.usage.completionTokens).toBeLessThan(3);
    expect([one.stats().requests, other.stats().requests]).toEqual([1, 1]);
    await Promise.all([one.close(), other.close()]);
  });

  it('do not share a language model when their slots differ', async () => {
    const parts = new SharedParts();
    const one = await loadEngine(textOnly, { parts, maxConcurrent: 1 });
    const other = await loadEngine(textOnly, { parts, maxConcurrent: 2 });
    expect(parts.count).toBe(2);
    expect(one.stats().queue).not.toBe(other.stats().queue);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('loadEngines refuses', () => {
  it('two of one name', async () => {
    const twin = join(folder, 'twin');
    await writeRandomBundle(twin, { seed: 9 });
    await expect(loadEngines([all, twin])).rejects.toMatchObject({
      code: 'invalid_bundle',
      message: expect.stringMatching(/all and .*twin are both called "random-model"/),
    });
  });

  it('a bundle without a language model', async () => {
    const dir = join(folder, 'parts');
    const {
      llm: _,
      tokenizer: __,
      chatTemplate: ___,
      generation: ____,
      files: _____,
      ...about
    } = JSON.parse(await readFile(join(all, 'xllm.json'), 'utf8')) as BundleManifest;
    using from = await openBundle(all);
    const names = ['image.safetensors', 'video.safetensors', 'speech.safetensors'];
    await writeBundle(
      dir,
      about,
      Object.fromEntries(names.map((name) => [name, { copyOf: from.file(name) }])),
    );
    await expect(loadEngines([all, dir])).rejects.toMatchObject({
      code: 'no_language_model',
      message: expect.stringMatching(
        /interfaces \(image, video, speech\) and no language model; `xllm compose`/,
      ),
    });
  });
});
