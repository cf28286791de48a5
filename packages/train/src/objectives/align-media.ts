import {
  type Adapter,
  adapters,
  makePart,
  type SpeechX2L,
  speechX2ls,
  type X2L,
  x2ls,
} from '@x-llm/engine/parts';
import {
  type AdapterConfig,
  type CFormerConfig,
  frameMask,
  layRows,
  type QFormerConfig,
} from '@x-llm/models';
import { cast, type Graph, type Parameters, type Tensor } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';
import type { TextBatchShape } from './language-model.ts';
import type { Teacher } from './teacher.ts';

/** A part and the scope that its parameters have; none, if left out. */
export interface Placed<Part> {
  readonly part: Part;
  readonly scope?: string;
}

/** The parameters of a part. */
export const placed = (parameters: Parameters, { scope }: Pick<Placed<unknown>, 'scope'>): Parameters =>
  scope === undefined ? parameters : parameters.at(scope);

/** Pictures, or frames of videos: the frozen encoder's states, and who reads them. */
export interface SeenMedia {
  /** [P, E] of a picture. */
  readonly states: readonly [number, number];
  readonly x2l: Placed<X2L>;
  readonly adapter: Placed<Adapter>;
  /** Queries of its own, as video has them. */
  readonly queries?: { readonly name: string; readonly scope?: string };
}

export interface HeardMedia {
  /** E of a firing. */
  readonly width: number;
  readonly x2l: Placed<SpeechX2L>;
  readonly adapter: Placed<Adapter>;
}

/** A C-Former and its S-Adapter from their configurations, built as the engine builds them from a bundle. */
export const heardBy = (config: {
  readonly cFormer: Omit<CFormerConfig, 'outputWidth'>;
  readonly adapter: AdapterConfig;
}): HeardMedia => ({
  width: config.cFormer.inputWidth,
  x2l: { part: makePart(speechX2ls, { architecture: 'c-former', config: config.cFormer }, 'x2l') },
  adapter: { part: makePart(adapters, { architecture: 'linear', config: config.adapter }, 'adapter') },
});

/**
 * A Q-Former and an adapter from their configurations, as `heardBy` has it for speech. `queries` is the parameter with
 * queries of their own, for frames of videos.
 */
export const seenBy = (config: {
  readonly patches: number;
  readonly qFormer: QFormerConfig;
  readonly adapter: AdapterConfig;
  readonly queries?: string;
}): SeenMedia => ({
  states: [config.patches, config.qFormer.encoderWidth],
  x2l: { part: makePart(x2ls, { architecture: 'q-former', config: config.qFormer }, 'x2l') },
  adapter: { part: makePart(adapters, { architecture: 'linear', config: config.adapter }, 'adapter') },
  ...(config.queries === undefined ? {} : { queries: { name: config.queries } }),
});

/** Which media there is room for in a batch: a picture a row, `frames` and `firings` of each row's video and speech. */
export interface MediaShape {
  readonly images: boolean;
  readonly frames: number;
  readonly firings: number;
}

export interface AlignMediaOptions {
  readonly llm: Placed<Teacher>;
  readonly image?: SeenMedia | undefined;
  readonly video?: SeenMedia | undefined;
  readonly speech?: HeardMedia | undefined;
  readonly shape: TextBatchShape;
  readonly media: MediaShape;
}

/** Rows of the table of media that a batch has, and where each kind begins. */
export function mediaRows({ image, video, shape: { batch }, media }: Omit<AlignMediaOptions, 'llm'>) {
  const images = media.images ? batch * (image?.x2l.part.rows ?? 0) : 0;
  const frames = media.frames * batch * (video?.x2l.part.rows ?? 0);
  return { image: 0, video: images, speech: images + frames, total: images + frames + batch * media.firings };
}

/** Sizes of a batch of recordings as the frozen encoder's CIF hears them. */
export interface FiringsShape {
  readonly batch: number;
  /** Firings of a recording, padding included. */
  readonly firings: number;
}

/** Inputs: `firings` float32 [B, N, E] and `counts` int64 [B] of them. → [B, N, C] in the language model's width. */
export function hearFirings(
  graph: Graph,
  parameters: Parameters,
  { width, x2l, adapter }: HeardMedia,
  { batch, firings }: FiringsShape,
): Tensor {
  const speech = graph.input('firings', 'float32', [batch, firings, width]);
  const keep = cast(frameMask(graph.input('counts', 'int64', [batch]), firings), 'int64');
  const states = x2l.part.build(placed(parameters, x2l), speech, keep);
  return adapter.part.build(placed(parameters, adapter), states);
}

/**
 * Stages 2 and 3 (arXiv 2305.04160, 3.2 and 3.3) for any mixture of media: whatever the parameters have as trained learns
 * from the loss of the frozen language model on the answer.
 * Inputs, each where there is room for it: `image` float32 [B, P, E]; `video` float32 [B·F, P, E]; `firings` float32
 * [B, N, E] and `counts` int64 [B]; and those of `packMixedBatch` with a table of `mediaRows`.
 */
export const alignMedia =
  (options: AlignMediaOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { llm, image, video, speech, shape, media } = options;
    const { batch, length } = shape;
    const see = (name: string, seen: SeenMedia, pictures: number): Tensor => {
      const states = graph.input(name, 'float32', [pictures, ...seen.states]);
      const { x2l, adapter, queries } = seen;
      const own = queries && x2l.part.queries(placed(parameters, queries), queries.name);
      const rows = x2l.part.build(placed(parameters, x2l), states, own);
      return adapter.part.build(placed(parameters, adapter), rows);
    };
    const tables: Tensor[] = [];
    if (image && media.images) tables.push(see('image', image, batch));
    if (video && media.frames > 0) tables.push(see('video', video, batch * media.frames));
    if (speech && media.firings > 0)
      tables.push(hearFirings(graph, parameters, speech, { batch, firings: media.firings }));
    const ids = graph.input('ids', 'int64', [batch, length]);
    const sources = graph.input('sources', 'int64', [batch, length]);
    const language = placed(parameters, llm);
    const embeddings = layRows([...tables, llm.part.embed(language, ids)], sources);
    return { loss: llm.part.loss(graph, language, embeddings, shape) };
  };
