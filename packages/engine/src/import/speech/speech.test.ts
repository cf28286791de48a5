import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import { decodeWav, fbank, parseCmvn } from '@x-llm/media';
import { type CFormerConfig, cFormer, cFormerBase, nonZeroFrames, stackFrames } from '@x-llm/models';
import { add, Graph, mul, Parameters, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePart, speechEncoders } from '../../architectures/index.ts';
import { loadEngine } from '../../load.ts';
import { ask, voice } from '../../testing/engine.ts';
import { writeRandomBundle } from '../../testing/random-bundle.ts';
import { parametersIn } from '../../weights.ts';
import { addSpeechInterface } from './add.ts';
import { type CFormerOptions, cFormerLayout, readCFormer } from './c-former.ts';
import { type ImportedSpeech, importSpeechInterface } from './index.ts';
import { bertNames, replaced } from './names.ts';
import { bertConfig, bertFolder, cmvn, funAsrFolder, goldenFolder, mvnText, xLlmFolder } from './testing.ts';

let root: string;
let runtime: Runtime;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-speech-'));
  runtime = Runtime.load({ allowSpinning: false });
});
afterAll(async () => {
  runtime[Symbol.dispose]();
  await rm(root, { recursive: true });
});

/** max|a − b| / max|b|, as the goldens measure. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  const most = Math.max(...Array.from(b, Math.abs));
  return Array.from(a).reduce((far, value, at) => Math.max(far, Math.abs(value - (b[at] ?? 0))), 0) / most;
}

const numbers = (tensor: Tensor | undefined): number[] =>
  Array.from((tensor?.dtype === 'int64' ? tensor.as('int64') : tensor?.as('float32'))?.data ?? [], Number);

const float32Of = (data: TensorSource['data']): Float32Array<ArrayBuffer> =>
  new Float32Array((typeof data === 'function' ? data() : data) as Float32Array);

describe('Paraformer', () => {
  /** Runs the imported encoder over the golden's features, given back the form they had before normalisation. */
  async function hear(imported: ImportedSpeech, rows: readonly number[]) {
    const path = join(await mkdtemp(join(root, 'encoder-')), 'encoder.safetensors');
    const { encoder: part } = imported.speech;
    await writeSafetensors(path, imported.files[part.weights]?.tensors ?? []);
    using file = await openSafetensors(path);
    const encoder = makePart(speechEncoders, part, 'encoder');
    const graph = new Graph('encoder');
    const heard = encoder.build(
      new Parameters(graph, parametersIn(file)),
      graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]),
      graph.input('lengths', 'int64', ['B']),
    );
    const { embeddings, counts, firedAt, weights } = heard;
    for (const [name, tensor] of Object.entries({ embeddings, counts, firedAt, weights }))
      graph.output(name, tensor);
    using session = await runtime.createSession(toModel(graph));
    using inputs = await openSafetensors(join(goldenFolder, 'paraformer/inputs.safetensors'));
    const [, longest = 0, width = 0] = inputs.info('feats').shape;
    const all = inputs.readFloat32('feats');
    const lengths = rows.map((row) => Number(inputs.read('lengths')[row]));
    const frames = Math.max(...lengths);
    const raw = new Float32Array(rows.length * frames * width);
    for (const [at, row] of rows.entries()) {
      const own = all.subarray(row * longest * width, (row * longest + (lengths[at] ?? 0)) * width);
      raw.set(
        own.map(
          (value, index) => value / (cmvn.scale[index % width] ?? 1) - (cmvn.shift[index % width] ?? 0),
        ),
        at * frames * width,
      );
    }
    const outputs = await session.run({
      features: Tensor.from('float32', raw, [rows.length, frames, width]),
      lengths: Tensor.from('int64', BigInt64Array.from(lengths, BigInt), [rows.length]),
    });
    const found = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, numbers(value)]));
    return { found, frames, lengths };
  }

  const importing = async (bias = 0) =>
    importSpeechInterface({
      encoder: await funAsrFolder(root, { bias }),
      cFormer: await bertFolder(root),
      hiddenSize: 64,
    });

  it('hears in the imported form what FunASR hears: embeddings, counts and peaks, alone and in a batch', async () => {
    using imported = await importing();
    using expected = await openSafetensors(join(goldenFolder, 'paraformer/expected.safetensors'));
    const together = await hear(imported, [0, 1, 2]);
    let fired = 0;
    for (const row of [0, 1, 2]) {
      const wanted = (name: string) => Array.from(expected.read(`single.${row}.${name}`), Number);
      const [count = 0] = wanted('token_num');
      const embeddings = wanted('acoustic_embeds').slice(0, count * 32);
      const alphas = wanted('alphas_with_tail');
      // The golden has peaks of the batch only; what padding changes there is less than what lies between two frames.
      const [, places = 0] = expected.info('cif_peak').shape;
      const fires = expected.readFloat32('cif_peak').subarray(row * places, (row + 1) * places);
      const peaks = [...fires].flatMap((value, frame) => (value >= 1 - 1e-4 ? [frame] : []));
      expect(peaks.length).toBe(count);
      const alone = await hear(imported, [row]);
      fired += count;
      for (const [{ found, frames, lengths }, at] of [
        [together, row],
        [alone, 0],
      ] as const) {
        const slots = frames + 1;
        expect(found['counts']?.[at]).toBe(count);
        const own = found['embeddings']?.slice(at * slots * 32, (at * slots + count) * 32) ?? [];
        expect(difference(own, embeddings)).toBeLessThan(1e-4);
        expect(found['firedAt']?.slice(at * slots, at * slots + count)).toEqual(peaks);
        const weights = found['weights']?.slice(at * frames, at * frames + (lengths[at] ?? 0)) ?? [];
        expect(difference(weights, alphas.slice(0, -1))).toBeLessThan(1e-4);
      }
    }
    expect(fired).toBeGreaterThan(10);
  });

  it('leaves the end of the sentence out, where predictor_bias says that it fires', async () => {
    using all = await importing(0);
    using said = await importing(1);
    const [before, after] = [await hear(all, [0]), await hear(said, [0])];
    const [count = 0] = before.found['counts'] ?? [];
    expect(after.found['counts']).toEqual([count - 1]);
    expect(after.found['firedAt']?.slice(0, count - 1)).toEqual(before.found['firedAt']?.slice(0, count - 1));
    expect(after.found['firedAt']?.[count - 1]).toBe(-1);
    const last = after.found['embeddings']?.slice((count - 1) * 32, count * 32);
    expect(last?.map(Math.abs)).toEqual(Array(32).fill(0));
  });

  it('stacks and normalises frames as FunASR does', async () => {
    using expected = await openSafetensors(join(goldenFolder, 'frontend-audio/expected.safetensors'));
    const { shift, scale } = parseCmvn(await readFile(join(goldenFolder, 'frontend-audio/am.mvn'), 'utf8'));
    const names = [...expected.tensors.keys()].filter((name) => name.startsWith('lfr_cmvn.'));
    const features = await Promise.all(
      names.map(async (name) => {
        const wav = await readFile(
          join(goldenFolder, `frontend-audio/clips/${name.slice('lfr_cmvn.'.length)}.wav`),
        );
        return fbank(decodeWav(wav).samples, { window: 'hamming' });
      }),
    );
    const kept = names
      .map((name, at) => ({ name, features: features[at] }))
      .filter(({ features: one }) => one?.shape[0]);
    expect(kept.length).toBeGreaterThan(4);
    const rows = 6 * Math.max(...kept.map(({ features: one }) => Math.ceil((one?.shape[0] ?? 0) / 6)));
    const batch = new Float32Array(kept.length * rows * 80).fill(7); // what is behind an end is not looked at
    for (const [at, { features: one }] of kept.entries()) batch.set(one?.data ?? [], at * rows * 80);
    const graph = new Graph('front end');
    const input = graph.input('features', 'float32', ['B', '6*S', 80]);
    const lengths = graph.input('lengths', 'int64', ['B']);
    const stacked = stackFrames({ melBins: 80, stack: 7, step: 6 }, input, lengths, 'S');
    const constant = (values: Float64Array) => graph.constant('float32', [560], [...values]);
    graph.output('stacked', mul(add(stacked, constant(shift)), constant(scale)));
    using session = await runtime.createSession(toModel(graph));
    const { stacked: result } = await session.run({
      features: Tensor.from('float32', batch, [kept.length, rows, 80]),
      lengths: Tensor.from(
        'int64',
        BigInt64Array.from(kept, ({ features: one }) => BigInt(one?.shape[0] ?? 0)),
        [kept.length],
      ),
    });
    const found = numbers(result);
    for (const [at, { name }] of kept.entries()) {
      const wanted = expected.readFloat32(name);
      const own = found.slice((at * rows * 560) / 6, (at * rows * 560) / 6 + wanted.length);
      const far = own.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)));
      expect(Math.max(...far), name).toBeLessThan(3e-2); // the golden's tolerance of the energies
      expect(far.reduce((sum, value) => sum + value, 0) / far.length, name).toBeLessThan(5e-4);
    }
  });

  it('puts frames where they were said: 60 ms each, the first around the middle of the first 25 ms', () => {
    const config = {
      frontEnd: { melBins: 80, stack: 7, step: 6 },
      sanm: { width: 512, heads: 4, feedForwardWidth: 2048, blocks: 50, kernel: 11, epsilon: 1e-12 },
      predictor: { before: 1, after: 1, smoothing: 1, noise: 0, threshold: 1, tailWeight: 0.45, bias: 1 },
    };
    const encoder = makePart(speechEncoders, { architecture: 'paraformer', config }, 'encoder');
    for (const [index, seconds] of [
      [0, -0.0175],
      [0.5, 0.0125],
      [10, 0.5825],
    ] as const)
      expect(encoder.secondsAt(index)).toBeCloseTo(seconds, 9);
    expect([1, 6, 7, 98].map((features) => encoder.frames(features))).toEqual([1, 1, 2, 17]);
    expect([encoder.features(17), encoder.features('S')]).toEqual([102, '6*S']);
  });
});

describe('C-Former', () => {
  const options = { inputWidth: 24, outputWidth: 36, seed: 0 };

  it('has names that lead to those on the hub and back', () => {
    const published = [...cFormerLayout('bert', cFormerBase)];
    const ours = [...cFormerLayout('x-llm', cFormerBase)].filter(([name]) => !/_proj\./.test(name));
    expect(published.map(([name, shape]) => [replaced(name, bertNames.renames), shape])).toEqual(ours);
    expect(published).toContainEqual(['bert.encoder.layer.11.output.LayerNorm.gamma', [768]]);
  });

  const read = async (from: string, opened: DisposableStack, change: Partial<CFormerOptions> = {}) =>
    readCFormer({ ...options, ...change, from }, opened);

  const valuesOf = (tensors: readonly TensorSource[]) =>
    new Map(tensors.map(({ name, data }) => [name, Array.from(float32Of(data))]));

  it.each([
    ['as it was saved', ''],
    ['inside of the dictionary that X-LLM saves', 'model.'],
  ])('of X-LLM gives what X-LLM gives, %s', async (_, prefix) => {
    using opened = new DisposableStack();
    const found = await read(await xLlmFolder(root, prefix), opened);
    expect(found.untrained).toEqual([]);
    const weights = new Map(
      found.tensors.map(({ name, shape, data }) => [
        name,
        { dtype: 'float32' as const, shape, data: float32Of(data) },
      ]),
    );
    using inputs = await openSafetensors(join(goldenFolder, 'c-former/inputs.safetensors'));
    using expected = await openSafetensors(join(goldenFolder, 'c-former/expected.safetensors'));
    const { shape } = inputs.info('speech_input');
    const graph = new Graph('c-former');
    const speech = graph.input('speech', 'float32', shape);
    const config = {
      ...(found.x2l.config as unknown as Omit<CFormerConfig, 'outputWidth'>),
      outputWidth: 36,
    };
    const { output } = cFormer(
      config,
      new Parameters(graph, (name) => weights.get(name)),
      speech,
      nonZeroFrames(speech),
    );
    graph.output('out', output);
    using session = await runtime.createSession(toModel(graph));
    const { out } = await session.run({
      speech: Tensor.from('float32', new Float32Array(inputs.readFloat32('speech_input')), shape),
    });
    expect(difference(numbers(out), expected.readFloat32('out'))).toBeLessThan(3e-5);
  });

  it('without a language model has the adapter of its checkpoint, or none', async () => {
    using opened = new DisposableStack();
    const own = await read(await xLlmFolder(root), opened, { outputWidth: undefined });
    expect(own.adapter?.config).toEqual({
      width: 48,
      outputWidth: 36,
      name: 'post_bert_proj',
      activation: 'relu',
    });
    const bert = await read(await bertFolder(root), opened, { outputWidth: undefined, seed: 3 });
    expect(bert).not.toHaveProperty('adapter');
    expect(bert.untrained).toEqual(['pre_bert_proj.weight', 'pre_bert_proj.bias']);
    // What is drawn does not depend on what is drawn beside it.
    const whole = await read(await bertFolder(root), opened, { seed: 3 });
    const [alone, beside] = [valuesOf(bert.tensors), valuesOf(whole.tensors)];
    expect(alone.get('pre_bert_proj.weight')).toEqual(beside.get('pre_bert_proj.weight'));
    expect(beside.has('post_bert_proj.weight')).toBe(true);
  });

  it.each([
    ['safetensors', 'safetensors', (name: string) => name],
    ['pytorch_model.bin with a head', 'bin', (name: string) => `bert.${name}`],
    [
      'the names of old',
      'bin',
      (name: string) =>
        `bert.${name.replace(/LayerNorm\.weight$/, 'LayerNorm.gamma').replace(/LayerNorm\.bias$/, 'LayerNorm.beta')}`,
    ],
  ] as const)(
    'of BERT, %s, has its layers to the bit, and projections that are drawn',
    async (_, form, rename) => {
      using opened = new DisposableStack();
      const own = await read(await xLlmFolder(root), opened);
      const found = await read(await bertFolder(root, { form, rename }), opened, {
        inputWidth: 32,
        outputWidth: 64,
        seed: 5,
      });
      expect(found.x2l.config).toEqual({
        inputWidth: 32,
        width: 48,
        layers: 3,
        heads: 4,
        feedForwardWidth: 96,
        maxPositions: 32,
        tokenTypes: 2,
        epsilon: 1e-12,
      });
      const fresh = [
        'pre_bert_proj.weight',
        'pre_bert_proj.bias',
        'post_bert_proj.weight',
        'post_bert_proj.bias',
      ];
      expect(found.untrained).toEqual(fresh);
      const [wanted, values] = [valuesOf(own.tensors), valuesOf(found.tensors)];
      expect([...values.keys()].sort()).toEqual([...wanted.keys()].sort());
      expect(values.size).toBe(56);
      for (const [name, value] of values)
        if (!fresh.includes(name)) expect(value, name).toEqual(wanted.get(name));
      const into = values.get('pre_bert_proj.weight') ?? [];
      expect(into.length).toBe(48 * 32);
      const bound = 1 / Math.sqrt(32);
      expect(Math.max(...into.map(Math.abs))).toBeLessThanOrEqual(bound);
      expect(Math.sqrt(into.reduce((sum, value) => sum + value ** 2, 0) / into.length)).toBeCloseTo(
        bound / Math.sqrt(3),
        2,
      );
      expect(valuesOf(found.tensors)).toEqual(values);
      const other = await read(await bertFolder(root), opened, { inputWidth: 32, outputWidth: 64, seed: 6 });
      expect(valuesOf(other.tensors).get('pre_bert_proj.weight')).not.toEqual(into);
    },
  );
});

it('becomes the interface of a bundle that hears, in place of its own, and says what is untrained', async () => {
  const parts = {
    encoder: await funAsrFolder(root, { melBins: 4, stack: 7, step: 6 }),
    cFormer: await bertFolder(root),
    seed: 3,
    maxSeconds: 12,
  };
  const [model, to] = [join(root, 'llm'), join(root, 'hearing')];
  await writeRandomBundle(model, { image: true, speech: 'fc' });
  const { manifest, untrained } = await addSpeechInterface({ ...parts, bundle: model, to, name: 'hearing' });
  expect(untrained).toContain('post_bert_proj.weight');
  expect(Object.keys(manifest.files).sort()).toEqual([
    'image.safetensors',
    'llm.safetensors',
    'speech-encoder.safetensors',
    'speech.safetensors',
    'tokenizer.model',
  ]);
  expect(manifest.interfaces.speech).toMatchObject({
    preprocessing: { sampleRateHz: 16_000, melBins: 4, window: 'hamming', cmvn: 'none', maxSeconds: 12 },
    encoder: { architecture: 'paraformer', config: { frontEnd: { melBins: 4, stack: 7, step: 6 } } },
    x2l: { architecture: 'c-former' },
    adapter: { config: { width: 48, outputWidth: 64, name: 'post_bert_proj', activation: 'relu' } },
  });
  expect(manifest.provenance.summary).toMatch(
    /^Random weights\. .*pre_bert_proj and post_bert_proj are UNTRAINED, drawn at random with seed 3.*stage2/,
  );
  expect(manifest.licence).toMatch(/^MIT; The FunASR Model License.*; Apache-2\.0/);
  const engine = await loadEngine(to);
  try {
    const hear = (seconds: number) =>
      ask(engine, 'what is said?', { temperature: 0, maxTokens: 4, speech: [voice(1, seconds)] });
    const [short, long] = [await hear(1), await hear(4)];
    expect(short.start.speechTokens).toBeGreaterThan(0);
    expect(long.start.speechTokens).toBeGreaterThan(short.start.speechTokens);
    expect(long.start.speechTokens).toBeLessThanOrEqual(68); // 4 s have 67 frames of 60 ms, and a tail
  } finally {
    await engine.close();
  }
});

describe('a checkpoint with something wrong', () => {
  const importing = async (encoder: string, cFormer?: string) =>
    importSpeechInterface({ encoder, cFormer: cFormer ?? (await bertFolder(root)), hiddenSize: 64 });
  const refused = (promise: Promise<unknown>, code: string, message: RegExp) =>
    expect(promise).rejects.toMatchObject({
      name: 'CheckpointError',
      code,
      message: expect.stringMatching(message),
    });

  it('another folder, or half a download', async () => {
    await refused(importing(await bertFolder(root)), 'not_found', /config\.yaml.*am\.mvn, model\.pt/);
    const folder = await funAsrFolder(root);
    await truncate(join(folder, 'model.pt'), 5000);
    await refused(importing(folder), 'invalid_archive', /model\.pt/);
    await rm(join(folder, 'am.mvn'));
    await rm(join(folder, 'model.pt'));
    await refused(importing(folder), 'missing_file', /there is no am\.mvn and no model\.pt; fetch it, too/);
  });

  it.each([
    ['another encoder', { encoder: 'ConformerEncoder' }, 'invalid_config', /SANMEncoder.*\n.*at encoder/],
    [
      'a normalisation of other columns',
      { melBins: 80, stack: 7 },
      'invalid_config',
      /28 columns.*7 frames are 560/,
    ],
    ['fewer blocks than weights', { blocks: 2 }, 'missing_tensors', /no place for: encoder\.encoders\.1\./],
    [
      'more blocks than weights',
      { blocks: 4 },
      'missing_tensors',
      /missing: encoder\.encoders\.2\.norm1\.weight/,
    ],
  ])('%s', async (_, settings, code, message) => {
    await refused(importing(await funAsrFolder(root, settings)), code, message);
  });

  it('tensors: what is missing, mis-shaped and superfluous is in one error, and only the decoder is left out', async () => {
    const folder = await funAsrFolder(root, {}, (tensors) => {
      const { 'encoder.after_norm.bias': _, 'predictor.cif_output.weight': odd, ...others } = tensors;
      return {
        ...others,
        ...(odd ? { 'predictor.cif_output.weight': { shape: [32, 1], data: odd.data } } : {}),
        'decoders.0.weight': { shape: [1], data: Float32Array.of(1) },
      };
    });
    await refused(
      importing(folder),
      'missing_tensors',
      /1 missing: encoder\.after_norm\.bias\n1 of another kind: predictor\.cif_output\.weight is \[32,1\], not \[1,32\]\n1 that the model has no place for: decoders\.0\.weight$/,
    );
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.indexOf('<Rescale>') + 60), /no <Rescale>/],
    ['of words', (text: string) => text.replace('[ -2 ', '[ two '), /"two" where a number/],
    ['of too few numbers', (text: string) => text.replace('[ -2 ', '[ '), /28×28 and has 27 numbers/],
  ])('am.mvn %s', async (_, change, message) => {
    const folder = await funAsrFolder(root);
    await writeFile(join(folder, 'am.mvn'), change(mvnText(cmvn)));
    await refused(importing(folder), 'invalid_config', message);
  });

  it('config.yaml that is none', async () => {
    const folder = await funAsrFolder(root);
    await writeFile(join(folder, 'config.yaml'), 'encoder: [\n- x: *y');
    await refused(importing(folder), 'invalid_config', /is no YAML/);
    await writeFile(join(folder, 'config.yaml'), 'encoder: SANMEncoder\n');
    await refused(importing(folder), 'invalid_config', /at encoder_conf/);
  });

  it('a BERT without its configuration, of other attention, in half, or none', async () => {
    const folder = await funAsrFolder(root);
    await refused(
      importing(folder, await bertFolder(root, { config: null })),
      'invalid_config',
      /how many heads/,
    );
    await refused(
      importing(folder, await bertFolder(root, { config: { num_attention_heads: 5 } })),
      'invalid_config',
      /width must be a multiple of heads/,
    );
    await refused(
      importing(folder, await bertFolder(root, { config: { num_attention_heads: 4, hidden_act: 'relu' } })),
      'invalid_config',
      /hidden_act/,
    );
    const half = await bertFolder(root, {
      rename: (name) => name.replace('layer.1.output', 'layer.9.output'),
    });
    await refused(importing(folder, half), 'missing_tensors', /missing: .*layer\.1\.output/);
    const both = await mkdtemp(join(root, 'both-'));
    await cp(await funAsrFolder(root), both, { recursive: true });
    await refused(importing(folder, both), 'missing_tensors', /is no BERT: there is no embeddings/);
  });

  it('a BERT whose configuration is no JSON, or too long to be one', async () => {
    const [folder, bert] = [await funAsrFolder(root), await bertFolder(root)];
    await writeFile(join(bert, 'config.json'), '{"num_attention_heads": 4');
    await refused(importing(folder, bert), 'invalid_config', /is not a JSON object/);
    const long = { ...bertConfig, note: 'x'.repeat(1 << 20) };
    await writeFile(join(bert, 'config.json'), JSON.stringify(long));
    await refused(importing(folder, bert), 'invalid_config', /has more than 1048576 bytes/);
  });

  it('an interface of X-LLM that is of another width than the encoder', async () => {
    await refused(
      importing(await funAsrFolder(root), await xLlmFolder(root)),
      'missing_tensors',
      /pre_bert_proj\.weight is \[48,24\], not \[48,32\].*post_bert_proj\.weight is \[36,48\], not \[64,48\]/,
    );
  });
});
