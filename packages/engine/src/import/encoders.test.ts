/** Encoders in few bits: what is written, how far it is off, and that everything else goes on as before. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnyBundle, openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { Runtime } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeBundle } from '../compose/compose.ts';
import { loadPictureEncoder } from '../interfaces/pictures.ts';
import { loadEngine } from '../load.ts';
import { SharedParts } from '../shared-parts.ts';
import { ask, picture, voice } from '../testing/engine.ts';
import { writeRandomBundle } from '../testing/random-bundle.ts';
import { importCheckpoint } from './import.ts';
import { importInterfaces } from './interfaces.ts';
import { addSpeechInterface } from './speech/add.ts';
import { bertFolder, funAsrFolder, goldenFolder } from './speech/testing.ts';
import { blip2Folder } from './testing.ts';

const int8 = { bits: 8, blockSize: 16 } as const;
const int4 = { bits: 4, blockSize: 16 } as const;
const matrices = ['attn.qkv', 'attn.proj', 'mlp.fc1', 'mlp.fc2'].flatMap((name) =>
  [0, 1].map((block) => `visual_encoder.blocks.${block}.${name}.weight`),
);

let root: string;
let eyes: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-encoders-'));
  eyes = await blip2Folder(root);
  await writeRandomBundle(at('talks'), { seed: 1, image: false });
  await importInterfaces({ from: eyes, to: at('exact'), name: 'eyes' });
  await importInterfaces({ from: eyes, to: at('few'), name: 'eyes', quantizeEncoders: int8 });
});
afterAll(() => rm(root, { recursive: true }));

const file = (bundle: string) => openSafetensors(join(at(bundle), 'image.safetensors'));
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it was not refused'),
    (error: Error & { code: string }) => ({ code: error.code, message: error.message }),
  );

/** What the encoder of a bundle says of a picture. */
async function statesOf(bundle: string): Promise<Float32Array> {
  using opened = await openAnyBundle(at(bundle));
  using runtime = Runtime.load();
  const parts = new SharedParts();
  using encoder = await loadPictureEncoder({ bundle: opened, runtime, session: {}, parts });
  if (!encoder) throw new Error('it has no eyes');
  using states = await encoder.look([picture(1, 28).rgb]);
  return states.as('float32').data.slice();
}

function apart(a: Float32Array, b: Float32Array): number {
  const squares = b.map((value, index) => ((a[index] ?? Number.NaN) - value) ** 2);
  return Math.sqrt(squares.reduce((x, y) => x + y) / b.map((value) => value ** 2).reduce((x, y) => x + y));
}

describe('an interface for pictures', () => {
  it('has the matrices of its encoder in few bits, and everything else to the byte', async () => {
    using exact = await file('exact');
    using few = await file('few');
    const kept = [...exact.tensors.keys()].filter((name) => !matrices.includes(name));
    const made = matrices.flatMap((name) => [`${name}.q8`, `${name}.scales`]);
    expect([...few.tensors.keys()].sort()).toEqual([...kept, ...made].sort());
    for (const name of kept) expect(few.read(name)).toEqual(exact.read(name));
    expect(kept.some((name) => name.startsWith('Qformer.'))).toBe(true);
    expect(few.info('visual_encoder.blocks.0.mlp.fc2.weight.q8').shape).toEqual([32, 9, 16]); // 139 columns
    using bundle = await openAnyBundle(at('few')); // hashes everything
    expect(bundle.manifest.provenance.summary).toMatch(
      / Matrices of the encoder are in 8 bits, blocks of 16\.$/,
    );
  });

  it('says how far it is off: 8 bits less than a hundredth, 4 bits more than that', async () => {
    const compared: [done: number, total: number][] = [];
    const onCompared = (done: number, total: number) => void compared.push([done, total]);
    const of = async (to: string, quantizeEncoders: typeof int8 | typeof int4) =>
      importInterfaces({ from: eyes, to: at(to), quantizeEncoders, onCompared });
    const eight = await of('eight', int8);
    const [blocks = 0] = compared.at(-1) ?? [];
    expect(blocks).toBeGreaterThan(0);
    expect(compared).toEqual(Array.from({ length: blocks + 1 }, (_, done) => [done, blocks]));
    const four = await of('four', int4);
    expect(eight.errors.map(({ name }) => name).sort()).toEqual([...matrices].sort());
    expect(Math.max(...eight.errors.map(({ relative }) => relative))).toBeLessThan(0.006);
    expect(Math.max(...four.errors.map(({ relative }) => relative))).toBeGreaterThan(0.05);
    const exact = await statesOf('exact');
    for (const [{ fidelity }, bundle, most] of [
      [eight, 'eight', 0.02],
      [four, 'four', 0.2],
    ] as const) {
      expect(fidelity?.relative).toBeGreaterThan(1e-4);
      expect(fidelity?.relative).toBeLessThan(most);
      expect(fidelity?.cosine).toBeCloseTo(1 - (fidelity?.relative ?? 0) ** 2 / 2, 2);
      const off = apart(await statesOf(bundle), exact);
      expect(off).toBeGreaterThan(1e-4);
      expect(off).toBeLessThan(most);
    }
    expect(four.fidelity?.relative).toBeGreaterThan(3 * (eight.fidelity?.relative ?? 1));
  });

  it('becomes the same through compose, of the checkpoint and of its bundle, and answers', async () => {
    const compose = (name: string, image: string) =>
      composeBundle({ name, to: at(name), parts: { llm: at('talks'), image }, quantizeEncoders: int8 });
    const direct = await compose('direct', eyes);
    const bundled = await compose('bundled', at('exact'));
    using few = await openAnyBundle(at('few'));
    for (const { manifest, fidelity, errors, madeBytes } of [direct, bundled]) {
      const { sha256 } = manifest.files['image.safetensors'] ?? {};
      expect(sha256).toBe(few.manifest.files['image.safetensors']?.sha256);
      expect(fidelity?.relative).toBeLessThan(0.02);
      expect(errors).toHaveLength(matrices.length);
      expect(madeBytes).toBeGreaterThan(0);
      expect(manifest.provenance.summary).toMatch(/in 8 bits, blocks of 16\./);
    }
    const engine = await loadEngine(at('bundled'));
    const { start, end } = await ask(engine, 'what is this?', {
      temperature: 0,
      maxTokens: 3,
      images: [picture(1, 28)],
    });
    expect(start).toMatchObject({ imageTokens: 4 });
    expect(end.usage.completionTokens).toBeGreaterThan(0);
    await engine.close();
  });

  it('shares one quantised file with videos that look through it', async () => {
    await writeRandomBundle(at('watches'), { seed: 2, video: true });
    const parts = { llm: at('talks'), image: at('watches'), video: at('watches') };
    const made = await composeBundle({ name: 'both', to: at('both'), parts, quantizeEncoders: int8 });
    expect(Object.keys(made.manifest.files).filter((name) => name.includes('image'))).toEqual([
      'image.safetensors',
    ]);
    expect(made.manifest.interfaces.video).toBeDefined();
  });
});

describe('a model that sees', () => {
  async function visualGlm(): Promise<string> {
    const folder = await mkdtemp(join(root, 'visualglm-'));
    await cp(join(goldenFolder, 'visualglm-6b'), folder, { recursive: true });
    await cp(join(goldenFolder, 'tokenizer/ice_text.model'), join(folder, 'ice_text.model'));
    return folder;
  }
  const bitsOf = async (to: string) => {
    using weights = await openSafetensors(join(to, 'image.safetensors'));
    const names = [...weights.tensors.keys()];
    return ['q4', 'q8'].filter((bits) => names.some((name) => name.endsWith(`.${bits}`)));
  };

  async function made(to: string, options: object) {
    const imported = await importCheckpoint({ from: await visualGlm(), to: at(to), ...options });
    return { ...imported, bits: await bitsOf(at(to)) };
  }

  it('has its encoder in 8 bits when it is quantised, and answers', async () => {
    const asLanguage = await made('v1', { quantize: int4 });
    expect(asLanguage.bits).toEqual(['q8']);
    expect(asLanguage.fidelity?.relative).toBeLessThan(0.02);
    expect(asLanguage.manifest.provenance.summary).toMatch(
      /matrices in 4 bits, blocks of 16\. Matrices of the encoder are in 8 bits, blocks of 16\.$/,
    );
    const engine = await loadEngine(at('v1'), { contextLength: 64 });
    const size = engine.model.imageSize;
    const { end } = await ask(engine, 'x', { temperature: 0, maxTokens: 2, images: [picture(1, size)] });
    expect(end.usage.completionTokens).toBeGreaterThan(0);
    await engine.close();
  });

  it('has it in other bits, or none, when that is said, and where it is smaller than a block', async () => {
    expect((await made('v2', { quantize: int4, quantizeEncoders: null })).bits).toEqual([]);
    expect((await made('v3', { quantizeEncoders: int4 })).bits).toEqual(['q4']);
    expect((await made('v5', { quantize: { bits: 8, blockSize: 128 } })).bits).toEqual([]); // smaller than a block
    const whole = await made('v4', {});
    expect([whole.bits, whole.fidelity]).toEqual([[], undefined]);
  });
});

describe('an interface for speech', () => {
  it('has its encoder in few bits, and hears almost the same', async () => {
    const [encoder, cFormer] = [await funAsrFolder(root), await bertFolder(root)];
    const added = (name: string, quantizeEncoders?: typeof int8) =>
      addSpeechInterface({ encoder, cFormer, bundle: at('talks'), to: at(name), name, quantizeEncoders });
    await added('hears-exactly');
    const { errors, manifest } = await added('hears', int8);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every(({ name, relative }) => name.startsWith('encoder.') && relative < 0.01)).toBe(true);
    expect(manifest.provenance.summary).toMatch(/Matrices of the encoder are in 8 bits, blocks of 16\.$/);
    using weights = await openSafetensors(join(at('hears'), 'speech-encoder.safetensors'));
    expect(weights.tensors.has('predictor.cif_output.weight')).toBe(true); // one row: too small
    const counts: number[] = [];
    for (const name of ['hears-exactly', 'hears']) {
      const engine = await loadEngine(at(name));
      const { start } = await ask(engine, 'x', { temperature: 0, maxTokens: 1, speech: [voice(1, 0.8)] });
      counts.push(start.promptTokens);
      await engine.close();
    }
    expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 9))).toBeLessThanOrEqual(1);
  });
});

describe('is refused, and nothing is written', () => {
  it('what is quantised already', async () => {
    const parts = { llm: at('talks'), image: at('few') };
    const { code, message } = await refusal(
      composeBundle({ name: 'again', to: at('again'), parts, quantizeEncoders: int8 }),
    );
    expect([code, message]).toEqual(['incompatible_parts', expect.stringMatching(/quantised already/)]);
  });

  it('an encoder whose matrices are smaller than a block', async () => {
    const quantizeEncoders = { bits: 8, blockSize: 256 } as const;
    const { code, message } = await refusal(importInterfaces({ from: eyes, to: at('n'), quantizeEncoders }));
    expect([code, message]).toEqual(['invalid_config', expect.stringMatching(/no matrix of 256 rows/)]);
  });

  it('a language model alone', async () => {
    const folder = await mkdtemp(join(root, 'chatglm3-'));
    for (const name of ['config.json', 'model.safetensors'])
      await cp(join(goldenFolder, 'chatglm3-6b', name), join(folder, name));
    await cp(join(goldenFolder, 'tokenizer/tokenizer.model'), join(folder, 'tokenizer.model'));
    const options = { from: folder, to: at('n'), family: 'chatglm3-6b', quantizeEncoders: int8 } as const;
    const { code, message } = await refusal(importCheckpoint(options));
    expect([code, message]).toEqual(['invalid_config', expect.stringMatching(/no encoder to quantise/)]);
  });

  it('a matrix with a number that is none, by its name', async () => {
    const folder = await mkdtemp(join(root, 'nan-'));
    await cp(eyes, folder, { recursive: true });
    using weights = await openSafetensors(join(eyes, 'model.safetensors'));
    const broken = 'vision_model.encoder.layers.1.mlp.fc1.weight';
    const tensors = [...weights.tensors].map(([name, { dtype, shape }]) => {
      const data = weights.readFloat32(name).slice();
      if (name === broken) data[7] = Number.NaN;
      return { name, dtype, shape, data };
    });
    await writeSafetensors(join(folder, 'model.safetensors'), tensors);
    const { code, message } = await refusal(
      importInterfaces({ from: folder, to: at('n'), quantizeEncoders: int8 }),
    );
    expect(code).toBe('invalid_tensor');
    expect(message).toContain(broken);
  });
});
