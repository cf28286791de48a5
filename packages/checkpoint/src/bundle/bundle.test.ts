import { appendFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckpointErrorCode } from '../error.ts';
import { rejection, temporaryFolder } from '../testing.ts';
import { type BundleManifest, hasLanguageModel, type PartsManifest } from './manifest.ts';
import { openAnyBundle, openBundle } from './open.ts';
import { type FileSource, writeBundle } from './write.ts';

const part = (weights: string) => ({ architecture: 'linear', config: { bias: true }, weights });

const manifest: Omit<BundleManifest, 'files'> = {
  format: 1,
  name: 'test-bundle',
  licence: 'MIT',
  provenance: { summary: 'Made by a test.', sources: [{ name: 'numbers', licence: 'CC0-1.0' }] },
  llm: { ...part('llm.safetensors'), quantization: null },
  interfaces: {
    image: {
      preprocessing: { size: 48, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
      encoder: part('image/encoder.safetensors'),
      x2l: part('image/x2l.safetensors'),
      adapter: part('image/x2l.safetensors'),
    },
  },
  tokenizer: { type: 'chatglm-6b', file: 'tokenizer.model' },
  chatTemplate: 'x-llm',
  generation: { temperature: 0.95, topP: 0.7, maxTokens: 64 },
};

const weights = (value: number): FileSource => ({
  tensors: [{ name: 'weight', dtype: 'float32', shape: [1], data: Float32Array.of(value) }],
});

const files = {
  'llm.safetensors': weights(1),
  'image/encoder.safetensors': weights(2),
  'image/x2l.safetensors': weights(3),
  'tokenizer.model': Uint8Array.of(1, 2, 3),
};

async function written(): Promise<string> {
  const dir = join(await temporaryFolder(), 'bundle');
  await writeBundle(dir, manifest, files);
  return dir;
}

describe('a bundle', () => {
  it('comes back as it was written', async () => {
    const dir = await written();
    using bundle = await openBundle(dir);
    expect(bundle.manifest).toMatchObject(manifest);
    expect(bundle.weights('image/x2l.safetensors').read('weight')).toEqual(Float32Array.of(3));
    expect(await readFile(bundle.file('tokenizer.model'))).toEqual(Buffer.of(1, 2, 3));
    expect(bundle.manifest.files['tokenizer.model']).toEqual({
      sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
      sizeBytes: 3,
    });
    expect(() => bundle.file('xllm.json')).toThrow(/lists no file/);
    expect(() => bundle.weights('tokenizer.model')).toThrow(/no safetensors file/);
  });

  it('is the same bytes when written again', async () => {
    const [a, b] = [await written(), await written()];
    expect(await readFile(join(a, 'xllm.json'))).toEqual(await readFile(join(b, 'xllm.json')));
  });

  it('has speech and video, which shares the picture’s parts', async () => {
    const dir = join(await temporaryFolder(), 'bundle');
    const heard = part('speech.safetensors');
    const preprocessing = { sampleRateHz: 16_000, melBins: 80, cmvn: 'utterance', maxSeconds: 30 } as const;
    const speech = { preprocessing, encoder: heard, x2l: heard, adapter: heard };
    const video = {
      shares: 'image',
      queries: { weights: 'video.safetensors' },
      adapter: part('video.safetensors'),
      frames: { count: 8, sampling: 'uniform' },
    } as const;
    const all = { ...manifest, interfaces: { ...manifest.interfaces, speech, video } };
    const more = { ...files, 'speech.safetensors': weights(4), 'video.safetensors': weights(5) };
    await writeBundle(dir, all, more);
    using bundle = await openBundle(dir);
    expect(bundle.manifest.interfaces).toEqual(all.interfaces);
    const { 'video.safetensors': _, ...unlisted } = more;
    expect((await rejection('unlisted_file', writeBundle(dir, all, unlisted))).message).toMatch(/video\.safetensors/);
    const blind = { ...all, interfaces: { speech, video } };
    expect((await rejection('invalid_manifest', writeBundle(dir, blind, more))).message).toMatch(
      /video shares the image interface, which is missing/,
    );
  });

  it('takes copies, and no interface at all', async () => {
    const from = await written();
    const dir = join(await temporaryFolder(), 'text-only');
    const textOnly = { ...manifest, interfaces: {} };
    const copied = {
      'llm.safetensors': { copyOf: join(from, 'llm.safetensors') },
      'tokenizer.model': 'text',
    };
    await writeBundle(dir, textOnly, copied);
    using bundle = await openBundle(dir);
    expect(bundle.weights('llm.safetensors').read('weight')).toEqual(Float32Array.of(1));
  });

  it('writes nothing when the manifest is wrong', async () => {
    const dir = join(await temporaryFolder(), 'bundle');
    const { 'tokenizer.model': _, ...rest } = files;
    await rejection('unlisted_file', writeBundle(dir, manifest, rest));
    await rejection('invalid_manifest', writeBundle(dir, { ...manifest, name: 'No Name' }, files));
    await rejection('unsafe_path', writeBundle(dir, manifest, { ...files, '../escape': 'x' }));
    await rejection('not_found', openBundle(dir));
  });
});

describe('a bundle of interfaces', () => {
  const { format, name, licence, provenance, interfaces } = manifest;
  const parts: Omit<PartsManifest, 'files'> = { format, name, licence, provenance, interfaces };
  const { 'llm.safetensors': _, 'tokenizer.model': __, ...partFiles } = files;

  it('is opened as a part, and refused as a model', async () => {
    const dir = join(await temporaryFolder(), 'parts');
    await writeBundle(dir, parts, partFiles);
    using bundle = await openAnyBundle(dir);
    expect(hasLanguageModel(bundle.manifest)).toBe(false);
    expect(bundle.manifest).toMatchObject(parts);
    const { message } = await rejection('no_language_model', openBundle(dir));
    expect(message).toMatch(/interfaces \(image\) and no language model; `xllm compose`/);
  });

  it('may lack what leads to a language model, which a model may not', async () => {
    const { adapter: _, ...image } = structuredClone(interfaces.image) ?? {};
    const dir = join(await temporaryFolder(), 'eyes');
    const eyes = { ...parts, interfaces: { image } } as typeof parts;
    await writeBundle(dir, eyes, partFiles);
    using bundle = await openAnyBundle(dir);
    expect(bundle.manifest.interfaces).toEqual({ image });
    const whole = { ...manifest, interfaces: { image } } as unknown as typeof manifest;
    expect((await rejection('invalid_manifest', writeBundle(dir, whole, files))).message).toMatch(/adapter/);
  });

  it('needs an interface, and all that a model has or nothing of it', async () => {
    const dir = join(await temporaryFolder(), 'parts');
    const none = await rejection('invalid_manifest', writeBundle(dir, { ...parts, interfaces: {} }, partFiles));
    expect(none.message).toMatch(/without an llm needs an interface/);
    const { llm: ___, ...halfModel } = manifest;
    const half = await rejection('invalid_manifest', writeBundle(dir, halfModel as typeof manifest, files));
    expect(half.message).toMatch(/llm/);
  });
});

describe('a file that two bundles share', () => {
  const sharing = (from: string, entry = { sha256: '0'.repeat(64), sizeBytes: 1 }) => ({
    ...files,
    'llm.safetensors': { linkOf: join(from, 'llm.safetensors'), entry },
  });

  it('is one file on the disk, and outlives either', async () => {
    const from = await written();
    const dir = join(await temporaryFolder(), 'other');
    using first = await openBundle(from);
    await writeBundle(dir, manifest, sharing(from, first.manifest.files['llm.safetensors']));
    const inode = async (folder: string) => (await stat(join(folder, 'llm.safetensors'))).ino;
    expect(await inode(dir)).toBe(await inode(from));
    await rm(from, { recursive: true });
    using other = await openBundle(dir);
    expect(other.weights('llm.safetensors').read('weight')).toEqual(Float32Array.of(1));
  });

  it('that its own bundle describes wrongly is told by who checks', async () => {
    const from = await written();
    const dir = join(await temporaryFolder(), 'other');
    await writeBundle(dir, manifest, sharing(from));
    await rejection('size_mismatch', openBundle(dir));
  });
});

type Damage = (dir: string) => Promise<void>;

const edit =
  (change: (manifest: Record<string, unknown> & { files: Record<string, unknown> }) => void): Damage =>
  async (dir) => {
    const path = join(dir, 'xllm.json');
    const value = JSON.parse(await readFile(path, 'utf8'));
    change(value);
    await writeFile(path, JSON.stringify(value));
  };

const entry = { sha256: '0'.repeat(64), sizeBytes: 0 };

describe('a damaged bundle', () => {
  const damages: [string, CheckpointErrorCode, RegExp, Damage][] = [
    ['no manifest', 'not_found', /xllm\.json: no such file/, (dir) => rm(join(dir, 'xllm.json'))],
    ['not JSON', 'invalid_manifest', /not JSON/, (dir) => writeFile(join(dir, 'xllm.json'), '{')],
    [
      'endless nesting',
      'invalid_manifest',
      /nested too deeply/,
      async (dir) => {
        const path = join(dir, 'xllm.json');
        const json = await readFile(path, 'utf8');
        await writeFile(path, json.replace('"config": {', `"config": {"a":${'['.repeat(1e5)}${']'.repeat(1e5)},`));
      },
    ],
    ['newer format', 'unsupported_format', /format 2.*reads format 1/, edit((m) => (m['format'] = 2))],
    ['no format', 'invalid_manifest', /format/, edit((m) => (m['format'] = 'one'))],
    ['no licence', 'invalid_manifest', /licence/, edit((m) => delete m['licence'])],
    ['unknown property', 'invalid_manifest', /licens/, edit((m) => (m['license'] = 'MIT'))],
    ['unknown interface', 'invalid_manifest', /smell/, edit((m) => (m['interfaces'] = { smell: {} }))],
    ['../', 'unsafe_path', /"\.\.\/secret"/, edit((m) => (m.files['../secret'] = entry))],
    ['a/../../b', 'unsafe_path', /path inside the bundle/, edit((m) => (m.files['a/../../b'] = entry))],
    ['absolute', 'unsafe_path', /path inside the bundle/, edit((m) => (m.files['/etc/passwd'] = entry))],
    ['backslash', 'unsafe_path', /path inside the bundle/, edit((m) => (m.files['..\\b'] = entry))],
    ['NUL', 'unsafe_path', /path inside the bundle/, edit((m) => (m.files['a\0b'] = entry))],
    [
      'unsafe use',
      'invalid_manifest',
      /path inside the bundle/,
      edit((m) => (m['tokenizer'] = { type: 'x', file: '../tokenizer.model' })),
    ],
    ['unlisted', 'unlisted_file', /uses tokenizer\.model/, edit((m) => delete m.files['tokenizer.model'])],
    ['inherited name', 'unlisted_file', /uses toString/, edit((m) => (m['tokenizer'] = { type: 'x', file: 'toString' }))],
    ['missing', 'missing_file', /tokenizer\.model: the manifest/, (dir) => rm(join(dir, 'tokenizer.model'))],
    ['cut off', 'size_mismatch', /has 1 bytes.*says 3/, (dir) => truncate(join(dir, 'tokenizer.model'), 1)],
    ['grown', 'size_mismatch', /has 4 bytes/, (dir) => appendFile(join(dir, 'tokenizer.model'), 'x')],
    ['changed', 'hash_mismatch', /has SHA-256/, (dir) => writeFile(join(dir, 'tokenizer.model'), 'abc')],
  ];

  it.each(damages)('%s: %s', async (_, code, message, damage) => {
    const dir = await written();
    await damage(dir);
    expect((await rejection(code, openBundle(dir))).message).toMatch(message);
  });

  it('with verify: false is opened without hashing, but not without its files', async () => {
    const dir = await written();
    await writeFile(join(dir, 'tokenizer.model'), 'abc');
    (await openBundle(dir, { verify: false })).close();
    await rm(join(dir, 'tokenizer.model'));
    await rejection('missing_file', openBundle(dir, { verify: false }));
  });
});
