/** The picture interface of a public checkpoint: its manifest, and its weights under our names. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  CheckpointError,
  type Component,
  type ImageInterface,
  openWeights,
  type TensorSource,
} from '@x-llm/checkpoint';
import { clipNormalisation } from '@x-llm/media';
import { Graph, GraphError, type ParameterSource, Parameters } from '@x-llm/onnx';
import { z } from 'zod';
import { adapters, encoders, makePart, x2ls } from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { readConfig, refuseUnexpected, valueAt, wrongConfig } from './config.ts';
import type { HubConfig } from './family.ts';
import { imageFamilies, imageFamilyOf, lavisEncoderFile } from './image-families.ts';
import { type ImageFamily, type ImageFamilyName, imageFamilyNames, type PartTable } from './image-family.ts';
import { checkTensors, NamedTensors, placesBy, type Wanted } from './tensors.ts';

/** What a manifest says of the interface; no adapter where the checkpoint has none for X-LLM's language models. */
export type ImportedInterface = Omit<ImageInterface, 'adapter'> & { readonly adapter?: Component };

export interface ImageImportOptions {
  /** A folder: `config.json` and weights, or a `.pth` with `eva_vit_g.pth` beside it. */
  readonly from: string;
  /** Where the folder does not tell. */
  readonly family?: ImageFamilyName | undefined;
  /** The language model's; its adapter's own, whatever that is, unless given. */
  readonly hiddenSize?: number | undefined;
  /** What the bundle will call the file of the weights. */
  readonly file?: string;
  /** Other sizes than BLIP-2's, for checkpoints without a configuration. */
  readonly sizes?: ImageSizes | undefined;
}

export interface ImageSizes {
  readonly encoder?: Partial<ImageFamily['encoder']['sizes']>;
  readonly x2l?: Partial<ImageFamily['x2l']['sizes']>;
}

/** An interface that is open: its tensors are read when they are written. Close it, or declare it with `using`. */
export interface OpenImageInterface extends Disposable {
  readonly family: ImageFamilyName;
  readonly interface: ImportedInterface;
  readonly tensors: readonly TensorSource[];
  readonly sizeBytes: number;
  /** For the manifest's provenance. */
  readonly source: ImageFamily['source'];
}

/**
 * Opens the picture interface of a checkpoint of one of the `imageFamilies`. Tensors have LAVIS's names and their own
 * numbers.
 *
 * @throws CheckpointError `invalid_config` for a folder that is of no family, of several, or says something that this
 * version does not compute; `missing_file`; `missing_tensors` with every tensor that is missing, mis-shaped (as an adapter
 * to another width than `hiddenSize`) or left over; what `openWeights` throws.
 * @example using image = await openImageInterface({ from: 'blip2', family: 'blip2' });
 */
export async function openImageInterface(options: ImageImportOptions): Promise<OpenImageInterface> {
  const from = resolve(options.from);
  const path = join(from, 'config.json');
  const config = existsSync(path) ? await readConfig(path) : undefined;
  using opened = new DisposableStack();
  const { family, tensors } = await openNamed(from, config, options.family, opened);
  const table = imageFamilies[family];
  const plan = planImage(table, config ?? {}, tensors, { ...options, path: config ? path : from });
  checkTensors(tensors, plan.wanted, (name) => table.ignored.test(name) || plan.isSpare(name));
  const stack = opened.move();
  return {
    family,
    interface: plan.interface,
    tensors: [...plan.wanted].map(([name, wanted]) => tensors.source(name, wanted)),
    sizeBytes: [...plan.wanted.values()].reduce((sum, one) => sum + tensors.sizeBytes(one), 0),
    source: table.source,
    [Symbol.dispose]: () => stack.dispose(),
  };
}

export interface ImagePlan {
  readonly interface: ImportedInterface;
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Tensors of the encoder's last block, which BLIP-2 leaves out. */
  readonly isSpare: (name: string) => boolean;
}

/** What the interface of a family looks like and which tensors it takes; `path` is where its sizes come from. */
export function planImage(
  table: ImageFamily,
  config: HubConfig,
  tensors: Pick<NamedTensors, 'info'>,
  {
    hiddenSize,
    sizes,
    file = 'image.safetensors',
    path,
  }: Pick<ImageImportOptions, 'hiddenSize' | 'sizes' | 'file'> & { readonly path: string },
): ImagePlan {
  refuseUnexpected(config, table.expected, path);
  const encoder = sizesOf(table.encoder, config, sizes?.encoder, path);
  const x2l = sizesOf(table.x2l, config, sizes?.x2l, path);
  if (x2l.encoderWidth !== encoder.width) {
    const widths = `the Q-Former reads rows of ${x2l.encoderWidth}, the encoder gives rows of ${encoder.width}`;
    throw wrongConfig(path, widths);
  }
  const component = (architecture: string, part: object): Component => ({
    architecture,
    config: z.record(z.string(), z.json()).parse(part),
    weights: file,
  });
  const parts = {
    preprocessing: {
      size: encoder.imageSize,
      mean: [...clipNormalisation.mean],
      std: [...clipNormalisation.std],
    } satisfies ImageInterface['preprocessing'],
    encoder: component('eva-vit', encoder),
    x2l: component('q-former', x2l),
    ...(table.adapter && {
      adapter: component('linear', adapterOf(table.adapter, x2l.width, tensors, hiddenSize)),
    }),
  };
  const places = {
    encoder: placesBy(table.encoder.tensors, encoder.depth),
    x2l: placesBy(table.x2l.tensors, x2l.layers),
    adapter: placesBy(table.adapter?.tensors ?? [], 0),
  };
  const wanted = new Map<string, Wanted>();
  const collect =
    (part: keyof typeof places): ParameterSource =>
    (name, shape) => {
      wanted.set(name, { shape, place: places[part](name) });
      return 'input';
    };
  try {
    build(parts, collect);
  } catch (error) {
    if (!(error instanceof EngineError || error instanceof GraphError)) throw error;
    throw wrongConfig(path, error.message, error);
  }
  const spare = table.hasSpareBlock ? `visual_encoder.blocks.${encoder.depth}.` : undefined;
  return {
    interface: parts,
    wanted,
    isSpare: (name) => spare !== undefined && name.startsWith(spare),
  };
}

/** Builds the networks to see which parameters they ask for. */
function build(
  parts: ImportedInterface,
  source: (part: 'encoder' | 'x2l' | 'adapter') => ParameterSource,
): void {
  const graph = new Graph('image-interface');
  const encoder = makePart(encoders, parts.encoder, 'interfaces.image.encoder');
  const x2l = makePart(x2ls, parts.x2l, 'interfaces.image.x2l');
  const pixels = graph.input('pixels', 'float32', ['B', ...encoder.inputShape]);
  const states = encoder.build(new Parameters(graph, source('encoder')), pixels);
  const rows = x2l.build(new Parameters(graph, source('x2l')), states);
  if (!parts.adapter) return;
  makePart(adapters, parts.adapter, 'interfaces.image.adapter').build(
    new Parameters(graph, source('adapter')),
    rows,
  );
}

function sizesOf<Config extends object>(
  { sizes, fields, derived }: PartTable<Config>,
  config: HubConfig,
  other: Partial<Config> | undefined,
  path: string,
): Config {
  const named: Readonly<Record<string, string | undefined>> = fields;
  const given = Object.entries(named).flatMap(([ours, theirs]) => {
    const value = theirs === undefined ? undefined : valueAt(config, theirs);
    return value === undefined || value === null ? [] : [[ours, value] as const];
  });
  try {
    return { ...sizes, ...derived?.(config), ...Object.fromEntries(given), ...other };
  } catch (error) {
    if (error instanceof z.ZodError) throw wrongConfig(path, z.prettifyError(error), error);
    throw error;
  }
}

/** Where no language model says how wide its rows are, the adapter's own height does. */
function adapterOf(
  { name, tensors: rules }: NonNullable<ImageFamily['adapter']>,
  width: number,
  tensors: Pick<NamedTensors, 'info'>,
  hiddenSize: number | undefined,
) {
  const place = placesBy(rules, 0)(`${name}.weight`);
  const outputWidth = hiddenSize ?? tensors.info(place.name)?.shape[0] ?? 1;
  return { width, outputWidth, name };
}

async function openNamed(
  from: string,
  config: HubConfig | undefined,
  asked: ImageFamilyName | undefined,
  opened: DisposableStack,
): Promise<{ family: ImageFamilyName; tensors: NamedTensors }> {
  const told = asked ?? (config && familyOf(config, from));
  const table = told && imageFamilies[told];
  if (told && table?.encoderFile === undefined) {
    // Shards of nothing but the language model need not be there.
    const isWanted = (name: string) => !imageFamilies[told].ignored.test(name);
    return { family: told, tensors: NamedTensors.of(opened.use(await openWeights(from, { isWanted }))) };
  }
  const encoderFile = table?.encoderFile ?? lavisEncoderFile;
  const tensors = new NamedTensors(from);
  const weights = opened.use(await openWeights(await mainFile(from, encoderFile)));
  for (const file of weights.files) tensors.addState(file);
  const family = told ?? familyByTensors(tensors);
  const encoder = join(from, encoderFile);
  if (existsSync(encoder)) {
    for (const file of opened.use(await openWeights(encoder)).files)
      tensors.addState(file, 'visual_encoder.');
  } else if (!tensors.names.some((name) => name.startsWith('visual_encoder.'))) {
    throw new CheckpointError(
      'missing_file',
      from,
      `there is no ${encoderFile}, the encoder of pictures; fetch it, too`,
    );
  }
  return { family, tensors };
}

function familyOf(config: HubConfig, path: string): ImageFamilyName {
  const found = imageFamilyOf(config);
  if (found) return found;
  const type = JSON.stringify(config['model_type'] ?? null);
  throw wrongConfig(
    path,
    `has no interface for pictures that this version knows (model_type ${type}); it knows ${imageFamilyNames.join(', ')}`,
  );
}

/** LAVIS's `opt_proj` leads to OPT and X-LLM's to ChatGLM, in files that are alike otherwise. */
function familyByTensors(tensors: NamedTensors): ImageFamilyName {
  if (tensors.names.includes('video_query_tokens')) return 'x-llm';
  if (!tensors.names.some((name) => name.startsWith('opt_proj.'))) return 'blip2';
  throw wrongConfig(tensors.path, 'may be of blip2 or x-llm; say which with --family');
}

/** The one file of weights that is not the encoder's. */
async function mainFile(from: string, encoderFile: string): Promise<string> {
  if (!existsSync(from)) throw new CheckpointError('not_found', from, 'no such folder');
  const names = (await readdir(from)).filter(
    (name) => /\.(pth|pt|bin|safetensors)$/.test(name) && name !== encoderFile,
  );
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0) return join(from, only);
  const what =
    only === undefined ? 'no file of weights' : `${names.length} files of weights, ${names.join(', ')}`;
  throw new CheckpointError('not_found', from, `${what} beside ${encoderFile}; there should be one`);
}
