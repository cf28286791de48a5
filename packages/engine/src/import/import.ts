/** From a public checkpoint's folder to a bundle. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  type BundleManifest,
  CheckpointError,
  openBundle,
  openWeights,
  type PartsManifest,
  type Quantization,
  readWhole,
  requireSpace,
  type TensorSource,
  type Weights,
  wholeFileLimits,
  writeBundle,
} from '@x-llm/checkpoint';
import { buildSection } from '@x-llm/models';
import type { ParameterSource } from '@x-llm/onnx';
import { Runtime } from '@x-llm/ort';
import { chatTemplate, type Tokenizer, tokenizers } from '@x-llm/text';
import { z } from 'zod';
import { type LanguageModel, languageModels, makePart } from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { parametersIn, parametersOf } from '../weights.ts';
import { readConfig, refuseUnexpected, wrongConfig } from './config.ts';
import {
  areEncodersLarge,
  encoderBits,
  encoderNote,
  type Files,
  matrixOf,
  quantizeEncoders,
} from './encoders.ts';
import { type FamilyName, families } from './families.ts';
import type { Family, HubConfig } from './family.ts';
import { type Fidelity, fidelityIn, type OnCompared } from './fidelity.ts';
import { bundleName, familyOf } from './form.ts';
import { type ImagePlan, planImage } from './image.ts';
import { imageFamilies } from './image-families.ts';
import { type PerplexityOptions, perplexity, windowLength } from './perplexity.ts';
import { type QuantizationError, Quantizer } from './quantize.ts';
import { checkTensors, NamedTensors, type Wanted, writtenBytes } from './tensors.ts';
import { whole } from './whole.ts';

export interface ImportOptions {
  /** The checkpoint: `config.json`, weights, tokenizer. */
  readonly from: string;
  /** The bundle to write. */
  readonly to: string;
  /** What it is to be called; the folder's name unless given. */
  readonly name?: string | undefined;
  /** Where the configuration alone does not tell. */
  readonly family?: FamilyName | undefined;
  /** The language model's matrices in few bits; as they are unless given. */
  readonly quantize?: Quantization | undefined;
  /**
   * Those of the encoder of pictures; null leaves them as they are. Unless given, 8 bits where the language model is quantised
   * and they are as large as a block, and as they are otherwise.
   */
  readonly quantizeEncoders?: Quantization | null | undefined;
  /** Where it was fetched from and under which licence, for the manifest; the family's own unless given. */
  readonly source?: { readonly name: string; readonly licence: string; readonly url: string } | undefined;
  /** To measure how well the model foretells it, before and after its matrices have few bits; the first tokens count. */
  readonly text?: string | undefined;
  /** Told of how many of all bytes were read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Told of how many layers, before and after, the perplexity of `text` was measured through. */
  readonly onMeasured?: (doneLayers: number, totalLayers: number) => void;
  /** Told of how many blocks of a quantised encoder of pictures were compared with what they were. */
  readonly onCompared?: OnCompared;
}

export interface Imported {
  readonly manifest: BundleManifest;
  readonly family: FamilyName;
  /** Of the checkpoint. */
  readonly tensors: number;
  readonly sizeBytes: number;
  /** Of what was quantised: how far each matrix is from what it was. */
  readonly errors: readonly QuantizationError[];
  /** Of a quantised encoder of pictures. */
  readonly fidelity?: Fidelity;
  /** Of the text that was given. */
  readonly perplexity?: MeasuredPerplexity;
}

export interface MeasuredPerplexity {
  /** Of the text, as many as were measured. */
  readonly tokens: number;
  readonly before: number;
  /** Where matrices have few bits. */
  readonly after?: number;
}

/** More of a text is not measured: each window goes through all layers. */
const maxTextTokens = 8 * windowLength;

/**
 * Writes a bundle of a checkpoint of one of the `families`; weights keep their numbers, unless they are to be quantised, and
 * those of the language model their names. One tensor is in memory at a time, of quantised ones its numbers and scales.
 *
 * @throws CheckpointError `invalid_config` for a configuration that is of no family, of several, or says something that
 * this version does not compute; `missing_tensors` with every tensor that is missing, mis-shaped or left over; what
 * `openWeights` throws. RangeError for a `text` without a token.
 * @example await importCheckpoint({ from: 'chatglm3-6b', to: 'bundles/chatglm3-6b' });
 */
export async function importCheckpoint(options: ImportOptions): Promise<Imported> {
  const from = resolve(options.from);
  const configPath = join(from, 'config.json');
  const config = await readConfig(configPath);
  const familyName = options.family ?? familyOf(config, configPath, basename(from));
  const family: Family = families[familyName];
  const { tokenizer, type, file } = await readTokenizer(family, config, from);
  const { llm, model, wanted: ofModel, matrices } = planModel(family, config, tokenizer, configPath);
  const text =
    options.text === undefined ? undefined : tokenizer.encode(options.text).slice(0, maxTextTokens);
  if (text?.length === 0) throw new RangeError('the text has no token');
  using weights = await openWeights(from);
  const tensors = NamedTensors.of(weights);
  const { hiddenSize } = model;
  const image =
    family.image && planImage(imageFamilies[family.image], config, tensors, { hiddenSize, path: configPath });
  const ofImage = image?.wanted ?? new Map<string, Wanted>();
  checkTensors(tensors, new Map([...ofModel, ...ofImage]), (name) => family.ignored.test(name));
  if (tokenizer.vocabSize > model.vocabSize)
    throw wrongConfig(
      configPath,
      `the tokenizer has ${tokenizer.vocabSize} pieces, the model ${model.vocabSize}`,
    );
  const all = [...ofModel.values(), ...ofImage.values()];
  const total = all.reduce((sum, one) => sum + tensors.sizeBytes(one), 0);
  let done = 0;
  const onRead = (sizeBytes: number) => {
    options.onProgress?.(done, total);
    done += sizeBytes;
  };
  const { quantize = null } = options;
  if (options.quantizeEncoders && !image)
    throw wrongConfig(configPath, 'is of a language model alone: there is no encoder to quantise');
  await using quantizer = new Quantizer();
  const sources = [...ofModel].flatMap(([name, wanted]): TensorSource[] => {
    const tensor = tensors.source(name, wanted, onRead);
    const matrix = quantize && matrices.has(name) ? matrixOf(tensor, from) : undefined;
    if (!quantize || !matrix) return [tensor];
    const bits = family.finer.test(name) ? 8 : quantize.bits;
    return quantizer.sources(matrix, { ...quantize, bits });
  });
  const ofEyes = image && eyesOf(image, tensors, onRead);
  const encoder = ofEyes ? encoderQuantization(options, ofEyes, { image: image.interface }) : null;
  const seen =
    ofEyes && encoder
      ? quantizeEncoders(ofEyes, { image: image.interface }, encoder, { quantizer, path: from })
      : ofEyes;
  const written = writtenBytes([...sources, ...Object.values(seen ?? {}).flatMap((one) => one.tensors)]);
  await requireSpace(options.to, written + (await stat(file)).size);
  const name = options.name ?? bundleName(from);
  const named = config['_name_or_path'];
  const source = options.source ?? {
    name: typeof named === 'string' && named !== '' ? named : familyName,
    licence: family.licence,
  };
  const manifest = await writeBundle(
    options.to,
    {
      format: 1,
      name,
      licence: source.licence,
      provenance: {
        summary: `Imported from the checkpoint ${options.source?.name ?? basename(from)} (${family.about}); ${quantize ? `matrices in ${quantize.bits} bits, blocks of ${quantize.blockSize}` : 'weights as they were'}.${image && encoder ? ` ${encoderNote(encoder)}` : ''}`,
        sources: [source],
      },
      llm: { ...llm, config: z.record(z.string(), z.json()).parse(llm.config), quantization: quantize },
      interfaces: image ? { image: whole(image.interface) } : {},
      tokenizer: { type, file: basename(file) },
      chatTemplate: family.chatTemplate,
      generation: family.generation,
    },
    {
      'llm.safetensors': { tensors: sources },
      ...seen,
      [basename(file)]: { copyOf: file },
    },
  );
  options.onProgress?.(total, total);
  const prompt = chatTemplate(family.chatTemplate).prefix.flatMap((special) => tokenizer.id(special) ?? []);
  const measured =
    text &&
    (await measure(options.to, {
      model,
      weights,
      text,
      prompt: model.promptIds(prompt),
      onMeasured: options.onMeasured,
    }));
  const fidelity =
    image && encoder ? await fidelityIn(options.to, eyesOf(image, tensors), options.onCompared) : undefined;
  return {
    ...(fidelity && { fidelity }),
    ...(measured && { perplexity: measured }),
    manifest,
    family: familyName,
    tensors: all.length,
    sizeBytes: total,
    errors: quantizer.errors,
  };
}

/** The file of an interface for pictures, as it is in the checkpoint. */
const eyesOf = (image: ImagePlan, tensors: NamedTensors, onRead?: (sizeBytes: number) => void): Files => ({
  [image.interface.encoder.weights]: {
    tensors: [...image.wanted].map(([name, wanted]) => tensors.source(name, wanted, onRead)),
  },
});

function encoderQuantization(
  { quantize, quantizeEncoders: asked }: Pick<ImportOptions, 'quantize' | 'quantizeEncoders'>,
  files: Files,
  interfaces: PartsManifest['interfaces'],
): Quantization | null {
  if (asked !== undefined) return asked;
  const usual: Quantization | undefined = quantize && { ...quantize, bits: encoderBits };
  return usual && areEncodersLarge(files, interfaces, usual) ? usual : null;
}

interface MeasureOptions extends Omit<PerplexityOptions, 'runtime' | 'source' | 'onLayer'> {
  readonly weights: Weights;
  readonly onMeasured: ImportOptions['onMeasured'] | undefined;
}

async function measure(
  to: string,
  { weights, onMeasured, ...asked }: MeasureOptions,
): Promise<MeasuredPerplexity> {
  using runtime = Runtime.load({ allowSpinning: false });
  using bundle = await openBundle(to, { verify: false }); // written a moment ago
  const { llm } = bundle.manifest;
  const { layers } = asked.model.cache;
  const times = llm.quantization ? 2 : 1;
  const through = (source: ParameterSource, done: number): Promise<number> =>
    perplexity({
      ...asked,
      runtime,
      source,
      onLayer: (layer) => onMeasured?.(done + layer, times * layers),
    });
  const before = await through(parametersOf(weights), 0);
  const after = llm.quantization && (await through(parametersIn(bundle.weights(llm.weights)), layers));
  return { tokens: asked.text.length, before, ...(after !== null && { after }) };
}

export interface ModelPlan {
  /** What the manifest says of it. */
  readonly llm: { readonly architecture: string; readonly config: object; readonly weights: string };
  readonly model: LanguageModel;
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Names of what is only multiplied by. */
  readonly matrices: ReadonlySet<string>;
}

/**
 * What the language model of a family looks like and which tensors it takes; `path` is where its configuration comes from.
 * @throws CheckpointError `invalid_config`.
 */
export function planModel(
  family: Family,
  config: HubConfig,
  tokenizer: Pick<Tokenizer, 'id'>,
  path: string,
): ModelPlan {
  const llm = {
    architecture: family.architecture,
    config: llmConfig(family, config, tokenizer, path),
    weights: 'llm.safetensors',
  };
  const model = describe(llm, path);
  const wanted = new Map<string, Wanted>();
  const matrices = new Set<string>();
  buildSection(model, (name, shape, use) => {
    wanted.set(name, { shape, place: { name } });
    if (use === 'matrix') matrices.add(name);
    return 'input';
  });
  return { llm, model, wanted, matrices };
}

/** Our configuration from theirs: fields by the family's table, and nothing that it does not expect. */
function llmConfig(
  family: Family,
  config: HubConfig,
  tokenizer: Pick<Tokenizer, 'id'>,
  path: string,
): Record<string, unknown> {
  refuseUnexpected(config, family.expected, path);
  const missing = Object.values(family.fields).filter((theirs) => config[theirs] === undefined);
  if (missing.length > 0) throw wrongConfig(path, `lacks ${missing.join(', ')}`);
  const fields = Object.entries(family.fields).map(([ours, theirs]) => [ours, config[theirs]]);
  const made = { ...family.constants, ...Object.fromEntries(fields), ...derivedOf(family, config, path) };
  return family.architecture === 'glm'
    ? { ...made, endTokens: endTokensOf(family, config, tokenizer) }
    : made;
}

function derivedOf(family: Family, config: HubConfig, path: string): Readonly<Record<string, unknown>> {
  try {
    return family.derived?.(config) ?? {};
  } catch (error) {
    if (error instanceof z.ZodError) throw wrongConfig(path, z.prettifyError(error), error);
    throw error;
  }
}

const ids = z.union([z.int(), z.array(z.int())]);

function endTokensOf(family: Family, config: HubConfig, tokenizer: Pick<Tokenizer, 'id'>): number[] {
  const given = ids.safeParse(config['eos_token_id']);
  const named = family.endTokens.flatMap((name) => tokenizer.id(name) ?? []);
  return [...new Set([...(given.success ? [given.data].flat() : []), ...named])];
}

async function readTokenizer(family: Family, config: HubConfig, from: string) {
  const { files, type: given } = family.tokenizer;
  const name = files.find((one) => existsSync(join(from, one)));
  if (name === undefined) {
    throw new CheckpointError(
      'missing_file',
      from,
      `there is no ${files.join(' or ')}, the tokenizer; fetch it, too`,
    );
  }
  const file = join(from, name);
  const type = typeof given === 'function' ? given(config) : given;
  try {
    return {
      type,
      file,
      tokenizer: tokenizers[type](await readWhole(file, wholeFileLimits.tokenizer)) as Tokenizer,
    };
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckpointError('invalid_config', file, reason, { cause: error });
  }
}

function describe(llm: Parameters<typeof makePart>[1], path: string): LanguageModel {
  try {
    return makePart(languageModels, llm, 'llm');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw wrongConfig(path, error.message, error);
  }
}
