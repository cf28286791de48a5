/** What was trained as a bundle: the base, with the new weights of its interfaces. */
import { type FileSource, type TensorSource, writeBundle } from '@x-llm/checkpoint';
import type { StoredTensor } from '@x-llm/onnx';
import type { Base } from './base.ts';
import { resultIn, type StageConfig } from './config.ts';

const endOfName = 64;

/**
 * Writes the bundle to `OUTPUT/bundle`. Of `weights`, by scoped names, those are taken that the bundle has or that belong
 * to a new interface for video; heads that only training needs are not. Returns the folder.
 */
export async function writeResult(
  base: Base,
  config: StageConfig,
  weights: ReadonlyMap<string, StoredTensor>,
): Promise<string> {
  const { files } = base.bundle.manifest;
  const sources: Record<string, FileSource> = {};
  for (const file of Object.keys(files)) {
    const learnt = [...weights].filter(([scoped]) => base.locate(scoped)?.file === file);
    sources[file] =
      learnt.length === 0
        ? { copyOf: base.bundle.file(file) }
        : { tensors: renewed(base, file, weights, config) };
  }
  const { video } = base;
  const isNewVideo =
    base.manifest.interfaces.video === undefined &&
    video !== undefined &&
    [...weights.keys()].some((scoped) => scoped.startsWith(`${video.manifest.queries.weights}.`));
  if (isNewVideo) {
    const { weights: file } = video.manifest.queries;
    const own = [...weights].filter(([scoped]) => scoped.startsWith(`${file}.`));
    sources[file] = {
      tensors: own.map(([scoped, tensor]) => stored(scoped.slice(file.length + 1), tensor, config)),
    };
  }
  const folder = resultIn(config.output);
  const stage = config.modality ? `${config.stage}-${config.modality}` : config.stage;
  await writeBundle(
    folder,
    {
      ...base.manifest,
      name: config.name ?? `${base.manifest.name}-${stage}`.slice(0, endOfName),
      provenance: {
        ...base.manifest.provenance,
        summary: `${base.manifest.provenance.summary} Then trained further by xllm train ${config.stage}${config.modality ? ` (${config.modality})` : ''} on data of its own.`,
      },
      interfaces: {
        ...base.manifest.interfaces,
        ...(isNewVideo ? { video: video.manifest } : {}),
      },
    },
    sources,
  );
  return folder;
}

/** All tensors of a file, those that were learnt with their new values. */
function* renewed(
  base: Base,
  file: string,
  weights: ReadonlyMap<string, StoredTensor>,
  config: StageConfig,
): Generator<TensorSource> {
  const before = base.bundle.weights(file);
  for (const [name, { dtype, shape }] of before.tensors) {
    const learnt = weights.get(`${file}.${name}`);
    yield learnt ? stored(name, learnt, config) : { name, dtype, shape, data: () => before.read(name) };
  }
}

function stored(name: string, { shape, data }: StoredTensor, { precision }: StageConfig): TensorSource {
  if (!(data instanceof Float32Array)) throw new TypeError(`${name} is not float32 in memory`);
  if (precision === 'float32') return { name, dtype: 'float32', shape, data };
  return { name, dtype: 'float16', shape, data: Float16Array.from(data) };
}
