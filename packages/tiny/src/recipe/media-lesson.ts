/** What a training step sees at a time when the frozen language model is asked about media, whichever they are. */
import type { ParameterSource } from '@x-llm/onnx';
import type { Runtime, Tensor } from '@x-llm/ort';
import {
  alignMedia,
  type BatchResult,
  chatGlmTeacher,
  dealt,
  heardBy,
  labelCounts,
  type MixedExample,
  mediaRows,
  type ParameterStore,
  packMixedBatch,
  partsWithin,
  seenBy,
  TrainingStep,
  withPlaceholders,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import type { ClipFeatures } from './clip-features.ts';
import {
  adapterConfig,
  cFormerConfig,
  clipFrames,
  llmConfig,
  maxFirings,
  patchCount,
  qFormerConfig,
  recipeSeed,
  speechAdapterConfig,
  videoAdapterConfig,
  videoQueries,
} from './config.ts';
import type { SceneFeatures } from './features.ts';
import { type Firings, gatherFirings } from './firings.ts';
import { promptOf } from './prompt.ts';
import { type Bucket, bucketAt, fitsBucket } from './text-rows.ts';
import type { TinyTokenizer } from './tokenizer.ts';

/** All interfaces, as the bundle will have them. */
const seen = { patches: patchCount, qFormer: qFormerConfig };
const interfaces = {
  image: seenBy({ ...seen, adapter: adapterConfig }),
  video: seenBy({ ...seen, adapter: videoAdapterConfig, queries: videoQueries }),
  speech: heardBy({ cFormer: cFormerConfig, adapter: speechAdapterConfig }),
};

/** In the order in which they stand before a prompt. */
const order = ['image', 'video', 'speech'] as const;
type Medium = (typeof order)[number];

/** A question about media, by their places in the sources. */
export interface Asked {
  readonly media: { readonly [medium in Medium]?: number };
  readonly question: string;
  readonly answer: string;
}

export interface LessonContext {
  readonly runtime: Runtime;
  readonly store: ParameterStore;
  readonly frozen: ParameterSource;
  readonly tokenizer: TinyTokenizer;
  readonly sources: {
    readonly image?: SceneFeatures;
    readonly video?: ClipFeatures;
    readonly speech?: Firings;
  };
}

export interface LessonOptions {
  readonly name: string;
  /** What every example has. */
  readonly media: readonly Medium[];
  readonly batch: number;
  /** Lengths of media, question and answer together, and the positions that are taught per row. */
  readonly buckets: readonly (Bucket & { readonly taught: number })[];
  /** Of the random numbers. */
  readonly stream: number;
  /** An example; undefined where there is none for these random numbers. */
  readonly draw: (rng: Rng) => Asked | undefined;
}

/** Computes loss and gradients of its batch `index`. */
export interface MediaLesson extends Disposable {
  batch(index: number): Promise<BatchResult>;
}

export async function mediaLesson(context: LessonContext, options: LessonOptions): Promise<MediaLesson> {
  const { runtime, store, frozen, tokenizer } = context;
  const { name, batch, buckets, stream } = options;
  const has = (medium: Medium): boolean => options.media.includes(medium);
  const teacher = chatGlmTeacher(llmConfig(tokenizer.tokens));
  const media = {
    images: has('image'),
    frames: has('video') ? clipFrames : 0,
    firings: has('speech') ? maxFirings : 0,
  };
  const parts = partsWithin(batch, store.count);
  const size = batch / parts;
  const graphs = new DisposableStack();
  const shapes: { shape: { batch: number; length: number; targets: number }; training: TrainingStep }[] = [];
  for (const { longest, taught } of buckets) {
    // Parts differ by no more than two answers do.
    const shape = { batch: size, length: longest, targets: size * taught + longest };
    const build = alignMedia({ llm: { part: teacher }, ...interfaces, shape, media });
    shapes.push({
      shape,
      training: graphs.use(await TrainingStep.create({ runtime, name, store, frozen, parts, build })),
    });
  }

  const laid = (
    { media: own, question, answer }: Asked,
    row: number,
    firstRows: FirstRows,
  ): MixedExample => ({
    pieces: order.flatMap((medium) => {
      const place = own[medium];
      if (place === undefined) return [];
      const each = rowsPerItem[medium];
      const count = medium === 'speech' ? (context.sources.speech?.recordings[place]?.count ?? 0) : each;
      const first = firstRows[medium] + row * each;
      return [{ ...tokenizer.tags[medium], rows: Array.from({ length: count }, (_, at) => first + at) }];
    }),
    question: tokenizer.tokenizer.encode(promptOf([{ question, answer }])),
    answer: tokenizer.tokenizer.encode(answer),
  });

  return {
    async batch(index) {
      const bucket = buckets[bucketAt(buckets, recipeSeed, index)];
      const one = bucket && shapes[buckets.indexOf(bucket)];
      if (!bucket || !one) throw new RangeError('as many lessons as buckets');
      const { shape, training } = one;
      const table = mediaRows({ ...interfaces, shape, media });
      const rng = new Rng(recipeSeed, stream, index);
      const drawn: { asked: Asked; taught: number }[] = [];
      let room = batch * bucket.taught;
      while (drawn.length < batch) {
        const asked = options.draw(rng);
        if (!asked) continue;
        const row = laid(asked, 0, table);
        const taught = row.answer.length + 2;
        const left = room - 4 * (batch - drawn.length);
        if (!fitsBucket(bucket, teacher.lengthOf(withPlaceholders(row))) || taught > left) continue;
        room -= taught;
        drawn.push({ asked, taught });
      }
      const dealtOut = dealt(drawn, parts, ({ taught }) => taught);
      const inputs = dealtOut.map(async (part) => {
        const rows = part.map(({ asked }, row) => laid(asked, row, table));
        const asked = part.map(({ asked }) => asked);
        return {
          ...(await gathered(context, asked, options.media)),
          ...packMixedBatch(rows, shape, teacher, table.total),
        };
      });
      const laidOut = await Promise.all(inputs);
      const { loss } = await training.runParts(laidOut, { weights: labelCounts(laidOut) });
      return { loss, gradients: training.gradients, items: batch };
    },
    [Symbol.dispose]: () => graphs.dispose(),
  };
}

type FirstRows = Readonly<Record<Medium, number>>;

/** Rows that the table of media has for each item. */
const rowsPerItem: Readonly<Record<Medium, number>> = {
  image: interfaces.image.x2l.part.rows,
  video: clipFrames * interfaces.video.x2l.part.rows,
  speech: maxFirings,
};

async function gathered(
  { sources }: LessonContext,
  asked: readonly Asked[],
  media: readonly Medium[],
): Promise<Record<string, Tensor>> {
  const inputs: Record<string, Tensor> = {};
  const places = (medium: Medium) => asked.map(({ media: own }) => own[medium] ?? 0);
  for (const medium of media) {
    const source = sources[medium];
    if (!source) throw new RangeError(`no ${medium} to learn from`);
    if (medium === 'speech' && sources.speech)
      Object.assign(inputs, await gatherFirings(sources.speech, places(medium), maxFirings));
    else if ('gather' in source) inputs[medium] = await source.gather(places(medium));
  }
  return inputs;
}
