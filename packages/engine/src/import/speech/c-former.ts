/** BERT, or X-LLM's own interface, becomes a C-Former with its S-Adapter. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CheckpointError, openWeights, type SpeechInterface, type TensorSource } from '@x-llm/checkpoint';
import { type CFormerConfig, cFormerBase } from '@x-llm/models';
import { z } from 'zod';
import { adapters, makePart, speechX2ls } from '../../architectures/index.ts';
import { EngineError } from '../../error.ts';
import { readConfig, wrongConfig } from '../config.ts';
import { type Shapes, shapesOf } from '../shapes.ts';
import { adapterForms, drawn } from '../untrained.ts';
import { bertNames, replaced, type TensorNames, xLlmNames } from './names.ts';
import { type Renamed, renamed } from './renamed.ts';

export interface CFormerOptions {
  /** A folder or file of BERT's weights or of X-LLM's; `config.json` beside them says how many heads there are. */
  readonly from: string;
  /** Width of the encoder's embeddings. */
  readonly inputWidth: number;
  /** Width of the language model's; without one there is an adapter only where the checkpoint has its own. */
  readonly outputWidth?: number | undefined;
  /** Of what is drawn at random. */
  readonly seed: number;
}

export interface ImportedCFormer {
  readonly names: TensorNames;
  readonly x2l: Omit<SpeechInterface['x2l'], 'weights'>;
  readonly adapter?: Omit<SpeechInterface['adapter'], 'weights'>;
  readonly tensors: readonly TensorSource[];
  /** Names of what was drawn at random: it has to be trained. */
  readonly untrained: readonly string[];
}

const size = z.int().positive();
/** What is read of BERT's `config.json`; shapes say the rest. Literals are what is computed here. */
const bertConfig = z.object({
  num_attention_heads: size,
  layer_norm_eps: z.number().positive().default(cFormerBase.epsilon),
  hidden_act: z.literal('gelu').default('gelu'),
  position_embedding_type: z.literal('absolute').default('absolute'),
});

/**
 * The C-Former of a checkpoint, which `opened` keeps open until the tensors are read. What the checkpoint lacks because it
 * is BERT's, the projections into it and out of it, is drawn as PyTorch draws a Linear; the same seed gives the same numbers.
 *
 * @throws CheckpointError `invalid_config`, `missing_tensors` with all that is missing, odd or superfluous; what
 * `openWeights` throws.
 */
export async function readCFormer(
  options: CFormerOptions,
  opened: DisposableStack,
): Promise<ImportedCFormer> {
  const { from } = options;
  const weights = opened.use(await openWeights(from));
  const own = [...weights.tensors.keys()].some((name) =>
    /(^|\.)(post_bert_proj|speech_feat_proj)\./.test(name),
  );
  const names = own ? xLlmNames : bertNames;
  const found = renamed(weights, names);
  const direct = found.tensors.has('speech_feat_proj.weight');
  const config = direct ? undefined : await configOf(found, from, options.inputWidth);
  const x2l = { architecture: config ? 'c-former' : 'fc', config: { ...config } };
  const form = { ...adapterForms.speech, ...(direct && { name: 'speech_feat_proj' }) };
  const outputWidth = options.outputWidth ?? found.tensors.get(`${form.name}.weight`)?.shape[0];
  const adapter =
    outputWidth === undefined
      ? undefined
      : {
          architecture: 'linear',
          config: { width: config?.width ?? options.inputWidth, outputWidth, ...form },
        };
  const shapes = wantedBy(x2l, adapter, options.inputWidth, from);
  const isFresh = (name: string) => !own && isProjection(name);
  const there = new Map([...shapes].filter(([name]) => !isFresh(name)));
  const fresh = new Map([...shapes].filter(([name]) => isFresh(name)));
  return {
    names,
    x2l,
    ...(adapter && { adapter }),
    tensors: [...found.take(there), ...drawn(fresh, options.seed)],
    untrained: [...fresh.keys()],
  };
}

/** Around BERT; what leads to a language model goes by `adapterForms.speech`. */
const isProjection = (name: string): boolean => /^(pre|post)_bert_proj\./.test(name);

/** The tensors of a checkpoint in a form of `forms` that are imported, by its names. */
export function cFormerLayout(form: keyof typeof forms, { outputWidth, ...config }: CFormerConfig): Shapes {
  const names = forms[form];
  const adapter = {
    architecture: 'linear',
    config: { width: config.width, outputWidth, ...adapterForms.speech },
  };
  const shapes = wantedBy({ architecture: 'c-former', config }, adapter, config.inputWidth, names.about);
  const there = [...shapes].filter(([name]) => names !== bertNames || !isProjection(name));
  return new Map(there.map(([name, shape]) => [replaced(name, names.published), shape]));
}

const forms = { bert: bertNames, 'x-llm': xLlmNames } as const;

function wantedBy(
  x2l: ImportedCFormer['x2l'],
  adapter: ImportedCFormer['adapter'],
  inputWidth: number,
  path: string,
): Shapes {
  try {
    return shapesOf((graph, parameters) => {
      const embeddings = graph.input('embeddings', 'float32', ['B', 'N', inputWidth]);
      const keep = graph.input('keep', 'int64', ['B', 'N']);
      const states = makePart(speechX2ls, x2l, 'x2l').build(parameters, embeddings, keep);
      if (adapter) makePart(adapters, adapter, 'adapter').build(parameters, states);
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw wrongConfig(path, error.message, error);
  }
}

async function configOf(
  { path, tensors }: Renamed,
  from: string,
  inputWidth: number,
): Promise<Omit<CFormerConfig, 'outputWidth'>> {
  const bert = 'speech_bert_adaptor';
  const shape = (name: string): readonly number[] => {
    const info = tensors.get(`${bert}.${name}`);
    if (info) return info.shape;
    throw new CheckpointError('missing_tensors', path, `is no BERT: there is no ${name}`);
  };
  const [maxPositions = 0, width = 0] = shape('embeddings.position_embeddings.weight');
  const [tokenTypes = 0] = shape('embeddings.token_type_embeddings.weight');
  const [feedForwardWidth = 0] = shape('encoder.layer.0.intermediate.dense.weight');
  const layer = new RegExp(`^${bert}\\.encoder\\.layer\\.(\\d+)\\.`);
  const layers = 1 + Math.max(...[...tensors.keys()].map((name) => Number(layer.exec(name)?.[1] ?? -1)));
  const { heads, epsilon } = await headsOf(from, width);
  return { inputWidth, width, layers, heads, feedForwardWidth, maxPositions, tokenTypes, epsilon };
}

/** Shapes do not tell heads: `config.json` does, and BERT-base has 12. */
async function headsOf(from: string, width: number): Promise<{ heads: number; epsilon: number }> {
  const folder = /\.(safetensors|bin|pt|pth|json)$/.test(from) ? dirname(resolve(from)) : resolve(from);
  const path = join(folder, 'config.json');
  if (!existsSync(path)) {
    if (width === cFormerBase.width) return cFormerBase;
    throw wrongConfig(path, `no such file; it has to say how many heads a BERT of width ${width} has`);
  }
  const parsed = bertConfig.safeParse(await readConfig(path));
  if (!parsed.success) throw wrongConfig(path, z.prettifyError(parsed.error), parsed.error);
  return { heads: parsed.data.num_attention_heads, epsilon: parsed.data.layer_norm_eps };
}

/** What a checkpoint is called in provenance. */
export const calledBy = (path: string): string => basename(resolve(path));
