/** Paraformer in FunASR's form: `config.yaml`, `am.mvn` and `model.pt` of a folder become a speech encoder. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CheckpointError,
  openWeights,
  type SpeechInterface,
  type TensorSource,
  type Weights,
} from '@x-llm/checkpoint';
import { type Cmvn, parseCmvn } from '@x-llm/media';
import type { ParaformerConfig } from '@x-llm/models';
import { parse } from 'yaml';
import { z } from 'zod';
import { makePart, type SpeechEncoder, speechEncoders } from '../../architectures/index.ts';
import { EngineError } from '../../error.ts';
import { wrongConfig } from '../config.ts';
import { type Shapes, shapesOf } from '../shapes.ts';
import { funAsrNames } from './names.ts';
import { renamed } from './renamed.ts';

/** Files of a folder as FunASR publishes it; `tokens.json` and the decoder are not needed. */
export const paraformerFiles = { config: 'config.yaml', cmvn: 'am.mvn', weights: 'model.pt' } as const;

/** A configuration is a page of text, and the normalisation of 560 numbers twice. */
const maxTextBytes = 1 << 20;

const size = z.int().positive();
const name = (pattern: RegExp) => z.string().regex(pattern, `expected a name like ${pattern.source}`);

/** What is read of `config.yaml`. Literals are what the encoder here computes; what else it says is of the decoder or of training. */
const funAsrConfig = z.object({
  encoder: name(/^(SANMEncoder|sanm)$/),
  encoder_conf: z.object({
    output_size: size,
    attention_heads: size,
    linear_units: size,
    num_blocks: size,
    kernel_size: size,
    input_layer: z.literal('pe').default('pe'),
    normalize_before: z.literal(true).default(true),
    selfattention_layer_type: z.literal('sanm').default('sanm'),
    sanm_shfit: z.literal(0).default(0), // FunASR spells it so
  }),
  predictor: name(/^(CifPredictorV2|CifPredictorV3|cif_predictor_v2|cif_predictor_v3)$/),
  predictor_conf: z.object({
    threshold: z.number(),
    l_order: z.int(),
    r_order: z.int(),
    tail_threshold: z.number(),
    smooth_factor: z.number().default(1),
    noise_threshold: z.number().default(0),
  }),
  frontend_conf: z.object({
    fs: z.literal(16_000).default(16_000),
    window: z.enum(['hamming', 'povey']),
    n_mels: size,
    frame_length: z.literal(25).default(25),
    frame_shift: z.literal(10).default(10),
    lfr_m: size,
    lfr_n: size,
  }),
  model_conf: z.object({ predictor_bias: z.int().nonnegative().default(0) }).default({ predictor_bias: 0 }),
});

/** All of FunASR's SANM norms. */
const epsilon = 1e-12;

export interface ImportedEncoder {
  readonly preprocessing: SpeechInterface['preprocessing'];
  readonly config: ParaformerConfig;
  readonly tensors: readonly TensorSource[];
}

/**
 * The encoder of a folder; `opened` has its weights, which have to stay open until the tensors are read.
 *
 * @throws CheckpointError `not_found` for another folder, `missing_file` for half of one, `invalid_config` for an
 * `am.mvn` or a configuration that is wrong or of a model that is not computed here, `missing_tensors`, and what
 * `openWeights` throws.
 */
export async function readParaformer(
  folder: string,
  maxSeconds: number,
  opened: DisposableStack,
): Promise<ImportedEncoder> {
  const paths = pathsIn(folder);
  const { preprocessing, config } = configOf(await readText(paths.config), paths.config, maxSeconds);
  const cmvn = cmvnOf(await readText(paths.cmvn), paths.cmvn);
  const columns = config.frontEnd.melBins * config.frontEnd.stack;
  if (cmvn.shift.length !== columns) {
    const wanted = `${config.frontEnd.melBins} mel bins × ${config.frontEnd.stack} frames are ${columns}`;
    throw wrongConfig(
      paths.cmvn,
      `normalises ${cmvn.shift.length} columns, but ${wanted}: it is of another model`,
    );
  }
  const encoder = partOf(config, paths.config);
  const weights: Weights = opened.use(await openWeights(paths.weights));
  const frontEnd = Object.entries(cmvn).map(
    ([part, values]: [string, Float64Array]): TensorSource => ({
      name: frontEndPrefix + part,
      dtype: 'float32',
      shape: [columns],
      data: Float32Array.from(values),
    }),
  );
  return {
    preprocessing,
    config,
    tensors: [...frontEnd, ...renamed(weights, funAsrNames).take(shapesIn(encoder))],
  };
}

/** What is among our weights, and in a file of its own among theirs. */
const frontEndPrefix = 'frontend.cmvn.';

/** Shapes of what an encoder has in `model.pt`. */
function shapesIn(encoder: SpeechEncoder): Shapes {
  const shapes = shapesOf((graph, parameters) =>
    encoder.build(
      parameters,
      graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]),
      graph.input('lengths', 'int64', ['B']),
    ),
  );
  return new Map([...shapes].filter(([name]) => !name.startsWith(frontEndPrefix)));
}

/**
 * The tensors of `model.pt` that are imported, as `config.yaml` says them.
 * @throws CheckpointError `invalid_config`.
 */
export function paraformerLayout(yaml: string): Shapes {
  const path = paraformerFiles.config;
  return shapesIn(partOf(configOf(yaml, path, 1).config, path));
}

/** Where a folder has what. @throws CheckpointError `not_found`, `missing_file`. */
export function pathsIn(folder: string): Record<keyof typeof paraformerFiles, string> {
  const paths = {
    config: join(folder, paraformerFiles.config),
    cmvn: join(folder, paraformerFiles.cmvn),
    weights: join(folder, paraformerFiles.weights),
  };
  if (!existsSync(paths.config)) {
    throw new CheckpointError(
      'not_found',
      paths.config,
      `no such file; give a folder as FunASR has it, with ${Object.values(paraformerFiles).join(', ')} (X-LLM’s own weights have no encoder: they go with --c-former)`,
    );
  }
  const absent = Object.values(paraformerFiles).filter((file) => !existsSync(join(folder, file)));
  if (absent.length > 0) {
    throw new CheckpointError(
      'missing_file',
      folder,
      `there is no ${absent.join(' and no ')}; fetch it, too`,
    );
  }
  return paths;
}

async function readText(path: string): Promise<string> {
  if ((await stat(path)).size > maxTextBytes) throw wrongConfig(path, `has more than ${maxTextBytes} bytes`);
  return readFile(path, 'utf8');
}

function cmvnOf(text: string, path: string): Cmvn {
  try {
    return parseCmvn(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw wrongConfig(path, error.message, error);
  }
}

function configOf(
  yaml: string,
  path: string,
  maxSeconds: number,
): Pick<ImportedEncoder, 'preprocessing' | 'config'> {
  const parsed = funAsrConfig.safeParse(documentOf(yaml, path));
  if (!parsed.success) {
    const detail = `is of a model that this version does not compute:\n${z.prettifyError(parsed.error)}`;
    throw wrongConfig(path, detail, parsed.error);
  }
  const { encoder_conf, predictor_conf, frontend_conf, model_conf } = parsed.data;
  const melBins = frontend_conf.n_mels;
  return {
    // The encoder normalises by the checkpoint's own numbers, which are among its weights.
    preprocessing: { sampleRateHz: 16_000, melBins, window: frontend_conf.window, cmvn: 'none', maxSeconds },
    config: {
      frontEnd: { melBins, stack: frontend_conf.lfr_m, step: frontend_conf.lfr_n },
      sanm: {
        width: encoder_conf.output_size,
        heads: encoder_conf.attention_heads,
        feedForwardWidth: encoder_conf.linear_units,
        blocks: encoder_conf.num_blocks,
        kernel: encoder_conf.kernel_size,
        epsilon,
      },
      predictor: {
        before: predictor_conf.l_order,
        after: predictor_conf.r_order,
        smoothing: predictor_conf.smooth_factor,
        noise: predictor_conf.noise_threshold,
        threshold: predictor_conf.threshold,
        tailWeight: predictor_conf.tail_threshold,
        bias: model_conf.predictor_bias,
      },
    },
  };
}

function documentOf(yaml: string, path: string): unknown {
  try {
    return parse(yaml, { maxAliasCount: 0 });
  } catch (error) {
    throw wrongConfig(path, `is no YAML: ${error instanceof Error ? error.message : error}`, error);
  }
}

function partOf(config: ParaformerConfig, path: string): SpeechEncoder {
  try {
    return makePart(speechEncoders, { architecture: 'paraformer', config }, 'encoder');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw wrongConfig(path, error.message, error);
  }
}
