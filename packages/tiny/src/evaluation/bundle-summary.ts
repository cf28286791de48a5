/** What a bundle consists of, in numbers. */
import { type Component, openBundle } from '@x-llm/checkpoint';

export interface BundleSummary {
  readonly name: string;
  readonly licence: string;
  readonly provenance: string;
  readonly sizeBytes: number;
  readonly imageSize: number;
  readonly parts: readonly PartSummary[];
}

export interface PartSummary {
  readonly part: string;
  readonly architecture: string;
  readonly parameters: number;
  /** The configuration's numbers and words: 'width 192, depth 2'. */
  readonly config: string;
}

/** Reads manifest and tensor headers, not the weights. */
export async function summariseBundle(dir: string): Promise<BundleSummary> {
  using bundle = await openBundle(dir, { verify: false });
  const { name, licence, provenance, files, llm, interfaces } = bundle.manifest;
  const count = (file: string, belongs: (tensor: string) => boolean): number =>
    [...bundle.weights(file).tensors]
      .filter(([tensor]) => belongs(tensor))
      .reduce((sum, [, { shape }]) => sum + shape.reduce((product, dim) => product * dim, 1), 0);
  const summary = (
    part: string,
    component: Component,
    belongs: (tensor: string) => boolean,
  ): PartSummary => ({
    part,
    architecture: component.architecture,
    parameters: count(component.weights, belongs),
    config: scalars(component.config),
  });
  const parts = [summary('language model', llm, () => true)];
  const { image, video, speech } = interfaces;
  if (image) {
    // The parts may share a file; their tensors are told apart as the checkpoints name them.
    const isEncoder = (tensor: string): boolean => /^(visual_encoder|ln_vision)\./.test(tensor);
    const isAdapter = (tensor: string): boolean => tensor.startsWith(`${image.adapter.config['name']}.`);
    parts.unshift(
      summary('picture encoder', image.encoder, isEncoder),
      summary('X2L interface', image.x2l, (tensor) => !isEncoder(tensor) && !isAdapter(tensor)),
      summary('adapter', image.adapter, isAdapter),
    );
  }
  if (video) {
    const adapter = `${video.adapter.config['name']}.`;
    const queries = video.queries.name ?? 'video_query_tokens';
    parts.splice(
      -1,
      0,
      summary(
        'adapter of videos, and their queries',
        video.adapter,
        (tensor) => tensor.startsWith(adapter) || tensor === queries,
      ),
    );
  }
  if (speech) {
    const adapter = `${speech.adapter.config['name']}.`;
    const isAdapter = (tensor: string): boolean => tensor.startsWith(adapter);
    const isEncoder = (tensor: string): boolean => /^(encoder|cif)\./.test(tensor);
    parts.splice(
      -1,
      0,
      summary('speech encoder', speech.encoder, isEncoder),
      summary('X2L interface of speech', speech.x2l, (tensor) => !isEncoder(tensor) && !isAdapter(tensor)),
      summary('adapter of speech', speech.adapter, isAdapter),
    );
  }
  return {
    name,
    licence,
    provenance: provenance.summary,
    sizeBytes: Object.values(files).reduce((sum, file) => sum + file.sizeBytes, 0),
    imageSize: image?.preprocessing.size ?? 0,
    parts,
  };
}

/** `{ hiddenSize: 256, tokens: {…} }` → 'hidden size 256': what says how large it is. */
function scalars(config: Component['config']): string {
  return Object.entries(config)
    .filter(([key, value]) => ['number', 'string'].includes(typeof value) && !/epsilon|^name$/i.test(key))
    .map(([key, value]) => `${key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`)
    .join(', ');
}
