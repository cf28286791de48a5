import {
  type AnyManifest,
  type Bundle,
  CheckpointError,
  hasLanguageModel,
  openAnyBundle,
  quantizedBits,
} from '@x-llm/checkpoint';
import { bytes, columns } from './columns.ts';
import { findBundle } from './paths.ts';
import { UserError } from './user-error.ts';

export interface InspectFlags {
  readonly verify: boolean;
  readonly json: boolean;
}

/** A file of weights. */
interface WeightsReport {
  readonly file: string;
  readonly tensors: number;
  /** Of the networks: a quantised matrix counts its numbers, its last blocks filled up, and not its scales. */
  readonly parameters: number;
  /** Element types, and what is quantised by its bits; with the parameters of each. */
  readonly types: Readonly<Record<string, number>>;
  readonly diskBytes: number;
  /** When a model runs on a CPU: 4 bytes a number, what is quantised or only looked up as it is. */
  readonly cpuBytes: number;
}

interface InspectReport {
  readonly name: string;
  readonly path: string;
  readonly licence: string;
  readonly summary: string;
  readonly parts: readonly {
    readonly part: string;
    readonly architecture: string;
    readonly weights: string;
  }[];
  readonly weights: readonly WeightsReport[];
  /** Null for a bundle of interfaces only, as the tokenizer. */
  readonly chatTemplate: string | null;
  readonly tokenizer: string | null;
  readonly sources: AnyManifest['provenance']['sources'];
  readonly takes: readonly string[];
}

/** `xllm inspect`. */
export async function runInspect(folder: string | undefined, { verify, json }: InspectFlags): Promise<void> {
  const path = findBundle(folder);
  try {
    using bundle = await openAnyBundle(path, { verify });
    const report = inspect(bundle);
    console.log(json ? JSON.stringify(report, null, 2) : describe(report, verify));
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new UserError(
      error.message,
      'Get the bundle again, or make it again with the command that made it.',
      {
        cause: error,
      },
    );
  }
}

function inspect(bundle: Bundle<AnyManifest>): InspectReport {
  const { manifest, path } = bundle;
  const { interfaces, provenance } = manifest;
  const model = hasLanguageModel(manifest) ? manifest : undefined;
  const parts = [
    ...(model
      ? [{ part: 'language model', architecture: model.llm.architecture, weights: model.llm.weights }]
      : []),
    ...Object.entries(interfaces).flatMap(([name, one]) =>
      Object.entries(one ?? {}).flatMap(([part, value]) =>
        isComponent(value)
          ? [{ part: `${name} ${part}`, architecture: value.architecture, weights: value.weights }]
          : [],
      ),
    ),
  ];
  const files = [...new Set(parts.map(({ weights }) => weights))];
  return {
    name: manifest.name,
    path,
    licence: manifest.licence,
    summary: provenance.summary,
    parts,
    weights: files.map((file) => weightsReport(bundle, file)),
    chatTemplate: model?.chatTemplate ?? null,
    tokenizer: model?.tokenizer.type ?? null,
    sources: provenance.sources,
    takes: [...(model ? ['text'] : []), ...Object.keys(interfaces)],
  };
}

const isComponent = (value: unknown): value is { architecture: string; weights: string } =>
  typeof value === 'object' && value !== null && 'architecture' in value && 'weights' in value;

function weightsReport(bundle: Bundle<AnyManifest>, file: string): WeightsReport {
  const { tensors } = bundle.weights(file);
  const types: Record<string, number> = {};
  const scoresApart = [...tensors.keys()].some((name) => /(^|\.)(lm_head|output_layer)\./.test(name));
  let [parameters, diskBytes, cpuBytes] = [0, 0, 0];
  for (const [name, { dtype, shape, sizeBytes }] of tensors) {
    const count = shape.reduce((product, size) => product * size, 1);
    const bits = quantizedBits.find((one) => name.endsWith(`.q${one}`) && tensors.has(scalesOf(name, one)));
    const isScales = quantizedBits.some(
      (one) => tensors.has(name.replace(/\.scales$/, `.q${one}`)) && name.endsWith('.scales'),
    );
    diskBytes += sizeBytes;
    cpuBytes += bits || (isTable(name) && scoresApart) ? sizeBytes : 4 * count;
    if (isScales) continue;
    const numbers = bits ? (8 * count) / bits : count;
    parameters += numbers;
    const type = bits ? `int${bits}` : dtype;
    types[type] = (types[type] ?? 0) + numbers;
  }
  return { file, tensors: tensors.size, parameters, types, diskBytes, cpuBytes };
}

/** Rows for words, which are looked up; a model without a matrix of its own for scores multiplies by them as well. */
const isTable = (name: string): boolean => /(^|\.)(word_embeddings|embed_tokens)\.weight$/.test(name);

const scalesOf = (name: string, bits: number): string => name.replace(new RegExp(`\\.q${bits}$`), '.scales');

function describe(report: InspectReport, verified: boolean): string {
  const { name, path, licence, summary, parts, weights, takes } = report;
  const sum = (of: (one: WeightsReport) => number) => weights.reduce((total, one) => total + of(one), 0);
  const row = (
    file: string,
    one: Pick<WeightsReport, 'parameters' | 'diskBytes' | 'cpuBytes'>,
    types: string,
  ) => [file, millions(one.parameters), types, bytes(one.diskBytes), bytes(one.cpuBytes)];
  const total = {
    parameters: sum((one) => one.parameters),
    diskBytes: sum((one) => one.diskBytes),
    cpuBytes: sum((one) => one.cpuBytes),
  };
  return [
    `${name}, in ${path}`,
    summary,
    `Licence: ${licence}`,
    ...(report.sources.length > 1
      ? report.sources.map(({ name: source, licence: terms }) => `  ${source}: ${terms}`)
      : []),
    report.chatTemplate === null
      ? `Interfaces for ${takes.join(', ')}, and no language model: \`xllm compose --llm MODEL\` gives them one.`
      : `Takes ${takes.join(', ')}; tokenizer ${report.tokenizer}, chat format ${report.chatTemplate}.`,
    '',
    columns(
      [['part', 'architecture', 'file'], ...parts.map((one) => [one.part, one.architecture, one.weights])],
      'words',
    ),
    '',
    columns([
      ['file', 'parameters', 'stored as', 'on disk', 'on a CPU'],
      ...weights.map((one) => row(one.file, one, typesOf(one))),
      ...(weights.length > 1 ? [row('in all', total, '')] : []),
    ]),
    '',
    'On a CPU numbers take 4 bytes, as they are computed with; quantised ones, and words’ embeddings, what they take on disk. The',
    'memory of conversations comes on top. A GPU computes with the same, and takes about as much of its own memory.',
    verified
      ? 'Every file has the SHA-256 that the manifest lists.'
      : 'Files were not hashed: --verify does that.',
  ].join('\n');
}

const typesOf = ({ types, parameters }: WeightsReport): string =>
  Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) =>
      count === parameters ? type : `${type} ${Math.round((100 * count) / parameters)} %`,
    )
    .join(', ');

const millions = (count: number): string =>
  count < 1e9 ? `${(count / 1e6).toFixed(2)} M` : `${(count / 1e9).toFixed(2)} G`;
