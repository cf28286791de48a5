import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BundleManifest,
  openAnyBundle,
  openBundle,
  type PartsManifest,
  writeBundle,
} from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../load.ts';
import { ask, film, picture, voice } from '../testing/engine.ts';
import { writeRandomBundle } from '../testing/random-bundle.ts';
import { composeBundle } from './compose.ts';
import type { ComposeError } from './error.ts';

let folder: string;
const at = (name: string) => join(folder, name);

/** Some interfaces of a bundle, without its language model. */
async function partsOf(
  from: string,
  name: string,
  names: (keyof BundleManifest['interfaces'])[],
  change: (manifest: Omit<PartsManifest, 'files'>) => void = () => {},
): Promise<string> {
  using bundle = await openBundle(from);
  const { format, licence, provenance, interfaces } = structuredClone(bundle.manifest);
  const kept = Object.fromEntries(names.map((one) => [one, interfaces[one]]));
  const manifest = { format, name, licence, provenance, interfaces: kept };
  change(manifest);
  const files = names.map((one) => `${one}.safetensors`);
  await writeBundle(
    at(name),
    manifest,
    Object.fromEntries(files.map((file) => [file, { copyOf: bundle.file(file) }])),
  );
  return at(name);
}

/** As `writeRandomBundle`, with a name and a licence of its own. */
async function model(
  name: string,
  options: Parameters<typeof writeRandomBundle>[1],
  licence = 'MIT',
): Promise<void> {
  await writeRandomBundle(at(name), options);
  const path = join(at(name), 'xllm.json');
  const manifest: BundleManifest = JSON.parse(await readFile(path, 'utf8'));
  const sources = [{ name: `${name}-data`, licence: 'CC0-1.0' }];
  await writeFile(
    path,
    JSON.stringify({ ...manifest, name, licence, provenance: { summary: `Made for ${name}.`, sources } }),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xllm-compose-'));
  await model('talks', { seed: 1, image: false });
  await model('sees', { seed: 2, video: true }, 'Apache-2.0');
  await model('hears', { seed: 3, image: false, speech: true });
  await model('wide', { seed: 4, size: 'tiny', image: false });
  await partsOf(at('hears'), 'ears', ['speech']);
});
afterAll(() => rm(folder, { recursive: true }));

const greedy = { temperature: 0, maxTokens: 5 };

describe('composeBundle', () => {
  it('makes a model that answers with the parts it was made of', async () => {
    const parts = { llm: at('talks'), image: at('sees'), video: at('sees'), speech: at('ears') };
    const made = await composeBundle({ name: 'all', to: at('all'), parts });
    expect(made.taughtElsewhere).toEqual(['image', 'video']); // the ears do not tell
    expect(made.copiedBytes).toBe(0);
    using bundle = await openBundle(at('all')); // hashes everything
    using eyes = await openBundle(at('sees'));
    using talks = await openBundle(at('talks'));
    expect(bundle.manifest.interfaces.image).toEqual(eyes.manifest.interfaces.image);
    expect(bundle.manifest.tokenizer).toEqual(talks.manifest.tokenizer);
    expect(bundle.weights('llm.safetensors').read('lm_head.weight')).toEqual(
      talks.weights('llm.safetensors').read('lm_head.weight'),
    );
    const files = Object.values(bundle.manifest.files);
    expect(made.linkedBytes).toBe(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    const inode = async (name: string) => (await stat(join(at(name), 'image.safetensors'))).ino;
    expect(await inode('all')).toBe(await inode('sees'));

    const engine = await loadEngine(at('all'));
    const media = { images: [picture(1, 16)], videos: [film([1, 2], 16)], speech: [voice(1, 1)] };
    const { start, end } = await ask(engine, 'what is this?', { ...greedy, ...media });
    expect(start).toMatchObject({ imageTokens: 4, videoTokens: 8 });
    expect(start.speechTokens).toBeGreaterThan(0);
    expect(end.usage.completionTokens).toBeGreaterThan(0);
    await engine.close();
  });

  it('answers as the bundle itself when all parts are of one', async () => {
    const parts = { llm: at('sees'), image: at('sees'), video: at('sees') };
    expect((await composeBundle({ name: 'same', to: at('same'), parts })).taughtElsewhere).toEqual([]);
    const options = { ...greedy, images: [picture(5, 16)] };
    const answers: string[] = [];
    for (const name of ['sees', 'same']) {
      const engine = await loadEngine(at(name));
      answers.push((await ask(engine, 'what is this?', options)).text);
      await engine.close();
    }
    expect(answers[1]).toBe(answers[0]);
  });

  it('keeps licences and sources of all parts', async () => {
    const parts = { llm: at('talks'), image: at('sees'), speech: at('ears') };
    const { manifest } = await composeBundle({ name: 'merged', to: at('merged'), parts });
    expect(manifest.licence).toBe('llm, speech: MIT; image: Apache-2.0');
    expect(manifest.provenance).toEqual({
      summary:
        'Composed of parts. llm of talks: Made for talks. image of sees: Made for sees. speech of ears: Made for hears.',
      sources: [
        { name: 'talks-data', licence: 'CC0-1.0' },
        { name: 'talks', licence: 'MIT' },
        { name: 'sees-data', licence: 'CC0-1.0' },
        { name: 'sees', licence: 'Apache-2.0' },
        { name: 'hears-data', licence: 'CC0-1.0' },
        { name: 'ears', licence: 'MIT' },
      ],
    });
  });

  it('renames a file whose name another part has', async () => {
    using hears = await openBundle(at('hears'));
    const { format, licence, provenance, interfaces } = structuredClone(hears.manifest);
    const { speech } = interfaces;
    if (!speech) throw new Error('it hears');
    for (const one of [speech.encoder, speech.x2l, speech.adapter]) one.weights = 'llm.safetensors';
    const manifest = { format, name: 'odd-ears', licence, provenance, interfaces: { speech } };
    await writeBundle(at('odd-ears'), manifest, {
      'llm.safetensors': { copyOf: hears.file('speech.safetensors') },
    });
    const parts = { llm: at('talks'), speech: at('odd-ears') };
    const made = await composeBundle({ name: 'renamed', to: at('renamed'), parts });
    expect(Object.keys(made.manifest.files)).toEqual([
      'llm.safetensors',
      'speech/llm.safetensors',
      'tokenizer.model',
    ]);
    await (await loadEngine(at('renamed'))).close();
  });

  it('lets video share pictures of another bundle when they are the same', async () => {
    await partsOf(at('sees'), 'eyes', ['image', 'video']);
    const parts = { llm: at('talks'), image: at('sees'), video: at('eyes') };
    const { manifest } = await composeBundle({ name: 'shared', to: at('shared'), parts });
    expect(manifest.interfaces.video?.shares).toBe('image');
  });
});

describe('composeBundle refuses', () => {
  const refusal = async (parts: Parameters<typeof composeBundle>[0]['parts'], to = at('never')) => {
    const error: ComposeError = await composeBundle({ name: 'never', to, parts }).then(
      () => expect.fail('it was composed'),
      (thrown) => thrown,
    );
    expect(existsSync(at('never'))).toBe(false);
    return { code: error.code, reasons: error.reasons };
  };
  const why = async (parts: Parameters<typeof composeBundle>[0]['parts']) => {
    const { code, reasons } = await refusal(parts);
    expect(code).toBe('incompatible_parts');
    return reasons;
  };

  it('adapters of another width, all at once', async () => {
    const parts = { llm: at('wide'), image: at('sees'), video: at('sees'), speech: at('ears') };
    expect(await why(parts)).toEqual(
      ['image', 'video', 'speech'].map(
        (one) => `interfaces.${one}: the adapter's outputWidth is 64, the language model's hiddenSize is 256`,
      ),
    );
  });

  it('what is not in its bundle, all at once', async () => {
    const parts = { llm: at('ears'), image: at('talks'), speech: at('sees'), video: at('nowhere') };
    expect(await why(parts)).toEqual([
      'llm: ears has no language model, only speech',
      'image: talks has no interface for image; it has none',
      expect.stringMatching(/^video: .*nowhere.xllm\.json: no such file/),
      'speech: sees has no interface for speech; it has image, video',
    ]);
  });

  it('video without the pictures that it shares', async () => {
    expect(await why({ llm: at('talks'), video: at('sees') })).toEqual([
      'video: it shares encoder and X2L interface of the pictures of sees; name sees for image, too',
    ]);
    await model('sees-otherwise', { seed: 12 });
    expect(await why({ llm: at('talks'), image: at('sees-otherwise'), video: at('sees') })).toEqual([
      expect.stringMatching(
        /pictures of sees, and those of sees-otherwise are others; name one bundle for both/,
      ),
    ]);
  });

  it.each<[string, (speech: NonNullable<BundleManifest['interfaces']['speech']>) => void, RegExp[]]>([
    [
      'an x2l and an adapter that read other widths',
      ({ x2l, adapter }) => {
        x2l.config['inputWidth'] = 8;
        adapter.config['width'] = 9;
      },
      [
        /x2l reads embeddings of a width of 8, .* have 16; the adapter reads rows of a width of 9, .* have \d+$/,
      ],
    ],
    [
      'an architecture that is unknown',
      ({ encoder }) => (encoder.architecture = 'ear'),
      [/encoder.*"ear"; .* knows/],
    ],
    ['weights that are missing', ({ adapter }) => (adapter.config['name'] = 'elsewhere'), [/elsewhere/]],
    ['other mel bins', ({ preprocessing }) => (preprocessing.melBins = 40), [/melBins is 40, .* reads 80/]],
  ])('%s', async (what, change, reasons) => {
    const name = `ears-${what.replaceAll(' ', '-')}`;
    const speech = await partsOf(at('hears'), name, ['speech'], ({ interfaces }) => {
      const { speech: heard } = interfaces;
      if (heard?.adapter) change({ ...heard, adapter: heard.adapter });
    });
    expect(await why({ llm: at('talks'), speech })).toEqual(
      reasons.map((reason) => expect.stringMatching(reason)),
    );
  });

  it('a tokenizer that cannot write the tags of media', async () => {
    await model('mute', { seed: 5, size: 'tiny', speech: true });
    using mute = await openBundle(at('mute'));
    const { files, ...manifest } = mute.manifest;
    const sources = Object.entries(files).map(([file, entry]) => [file, { linkOf: mute.file(file), entry }]);
    // It has no S, nor bytes to spell it.
    const tokenizer = {
      copyOf: join(import.meta.dirname, '../../../../tests/parity/golden/tokenizer/plain.model'),
    };
    await writeBundle(at('mutes'), manifest, {
      ...Object.fromEntries(sources),
      'tokenizer.model': tokenizer,
    });
    expect(await why({ llm: at('mutes'), image: at('mute'), speech: at('mute') })).toEqual([
      'speech: the tokenizer of mute cannot write <Speech> and </Speech>, between which it stands',
    ]);
  });

  it('a folder that is not empty, and a part that was changed', async () => {
    const parts = { llm: at('talks') };
    expect(await refusal(parts, at('sees'))).toEqual({
      code: 'exists',
      reasons: [`${at('sees')} is there already`],
    });
    const speech = await partsOf(at('hears'), 'damaged-ears', ['speech']);
    const path = join(speech, 'speech.safetensors');
    const bytes = await readFile(path);
    await writeFile(path, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
    (await openAnyBundle(speech, { verify: false })).close();
    await expect(
      composeBundle({ name: 'never', to: at('never'), parts: { ...parts, speech } }),
    ).rejects.toMatchObject({
      code: 'hash_mismatch',
    });
    expect(existsSync(at('never'))).toBe(false);
  });
});
