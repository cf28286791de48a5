/** Stage 2, one interface at a time, and stage 3, all adapters together: through the frozen language model. */
import { piecesLength, type TagIds } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import type { Example } from '../data/data-set.ts';
import type { MediaKind, Task } from '../data/record.ts';
import { TrainError } from '../error.ts';
import { type MediaPiece, type MixedExample, packMixedBatch } from '../mixed-batch.ts';
import {
  alignMedia,
  type HeardMedia,
  type MediaShape,
  mediaRows,
  placed,
  type SeenMedia,
} from '../objectives/align-media.ts';
import type { TextBatchShape } from '../objectives/language-model.ts';
import { dealt, labelCounts, partsWithin } from '../parts.ts';
import { createRandom, seedOf } from '../random.ts';
import { exampleLength } from '../text-batch.ts';
import { TrainingStep } from '../training-step.ts';
import type { Base } from './base.ts';
import type { StageModality } from './config.ts';
import { firingWidth, statesShape } from './encode.ts';
import { type MediaRows, overLimit, prepareExamples } from './examples.ts';
import type { FeatureRows } from './feature-cache.ts';
import { learning, type Shapes, shapesOf } from './learning.ts';
import type { Lesson, LessonBatch, LessonOptions } from './lesson.ts';
import { mostGraphs, needsIn, roundUp, StepsByShape } from './steps-by-shape.ts';

/** In the order in which they stand before a prompt. */
const pieces = [
  ['image', 'image'],
  ['video', 'video'],
  ['speech', 'audio'],
] as const satisfies readonly (readonly [StageModality, MediaKind])[];

const bare: TagIds = { open: [], close: [] };

/** Sizes are rounded up, so that few graphs serve all batches. */
const steps = { length: 16, targets: 16, firings: 8 } as const;

/** Of an example: whether it has a picture, how many frames and firings, positions, and tokens of its answer. */
type ExampleSizes = Readonly<Record<'images' | 'frames' | 'firings' | 'length' | 'answer', number>>;
type BatchSizes = Readonly<Record<'images' | 'frames' | 'firings' | 'length' | 'targets', number>>;

interface Parts {
  readonly image?: SeenMedia | undefined;
  readonly video?: SeenMedia | undefined;
  readonly speech?: HeardMedia | undefined;
}

export async function alignLesson(options: LessonOptions): Promise<Lesson> {
  const { config, base, runtime, features } = options;
  const { batch, seed } = config;
  const parts = interfacesOf(base);
  requireInterfaces(options, parts);
  const { llm } = base;
  const language = { part: llm, scope: base.manifest.llm.weights };

  const textOf = (example: Example) => {
    const media = pieces.filter(([, kind]) => example[kind] !== undefined).map(([modality]) => modality);
    const { media: around, ids: question } = base.question(example.messages, media);
    const said = base.textIds(example.answer);
    return {
      around,
      question: question.slice(Math.max(0, question.length - config.maxQuestionTokens)),
      answer: said.slice(0, config.maxAnswerTokens),
      cut: [
        overLimit('the question', question.length, 'maxQuestionTokens', config),
        overLimit('the answer', said.length, 'maxAnswerTokens', config),
      ].find((why) => why !== undefined),
    };
  };
  const prefixOf = (around: readonly TagIds[], rows: MediaRows) =>
    piecesLength(
      pieces.flatMap(([, kind]) => rows[kind] ?? []).map((count, at) => ({ ...(around[at] ?? bare), count })),
    );
  const rowsOfFrame = parts.video?.x2l.part.rows ?? 1;
  const sizesOf = (text: ReturnType<typeof textOf>, rows: MediaRows): ExampleSizes => ({
    images: rows.image === undefined ? 0 : 1,
    frames: (rows.video ?? 0) / rowsOfFrame,
    firings: rows.audio ?? 0,
    length: prefixOf(text.around, rows) + exampleLength(text),
    answer: text.answer.length,
  });
  const { training, heldOut } = await prepareExamples(options, (example, rows) => {
    const text = textOf(example);
    const length = prefixOf(text.around, rows) + llm.lengthOf(text);
    const heard = rows.audio ?? 0;
    const most = base.speech?.x2l.maxRows ?? 0;
    if (text.cut !== undefined && config.tooLong !== 'cut') return { length, fits: 'cut', why: text.cut };
    if (heard > most) {
      return { length, fits: 'no', why: `the recording has ${heard} syllables; the interface takes ${most}` };
    }
    if (length > llm.maxPositions) {
      const why = `media, question and answer have ${length} positions; the language model has ${llm.maxPositions}`;
      return { length, fits: 'no', why };
    }
    return { length, sizes: sizesOf(text, rows), fits: text.cut === undefined ? 'whole' : 'cut' };
  });

  const shapes = whatLearns(options, parts);
  const store = learning(shapes, { base, seed, initialise: config.initialise });
  const count = partsWithin(batch, store.count);
  const size = batch / count;
  const graphs = new StepsByShape<BatchSizes>({
    most: mostGraphs(base),
    // About in proportion to the positions that the language model reads, and to the scores that it gives.
    cost: ({ length, targets, frames, firings }) => length + targets / size + frames * rowsOfFrame + firings,
    create: ({ length, targets, images, frames, firings }) =>
      TrainingStep.create({
        runtime,
        name: config.stage,
        store,
        parts: count,
        frozen: (name, shape, use) => {
          if (store.has(name)) return undefined;
          return base.source(name, shape, use) ?? storedVideo(base, name) ?? notThere(base, name);
        },
        build: alignMedia({
          llm: language,
          ...parts,
          shape: { batch: size, length, targets },
          media: { images: images > 0, frames, firings },
        }),
      }),
  });
  /** What a batch of examples of these sizes needs. */
  const needOf = (rows: readonly ExampleSizes[]): BatchSizes => {
    const most = (name: keyof ExampleSizes) => Math.max(...rows.map((row) => row[name]));
    const taught = dealt(rows, count, ({ answer }) => answer).map((part) =>
      part.reduce((sum, { answer }) => sum + answer + 2, 0),
    );
    return {
      images: most('images'),
      frames: most('frames'),
      firings: Math.min(roundUp(most('firings'), steps.firings), base.speech?.x2l.maxRows ?? 0),
      length: Math.min(roundUp(most('length'), steps.length), llm.maxPositions),
      targets: roundUp(Math.max(...taught), steps.targets),
    };
  };

  const load = ({ examples, index, isHeldOut = false }: LessonBatch) =>
    Promise.all(
      examples.map(async (example, row) => {
        const random = isHeldOut ? undefined : createRandom(seedOf(seed, 'change', index, row));
        const media: Partial<Record<MediaKind, FeatureRows>> = {};
        for (const [, kind] of pieces) {
          const path = example[kind];
          if (path !== undefined) media[kind] = await features.get(kind, path, random);
        }
        return { ...textOf(example), media };
      }),
    );
  return {
    store,
    training,
    heldOut,
    plan: (ofTraining, ofHeldOut) =>
      graphs.plan([...needsIn(training, ofTraining, needOf), ...needsIn(heldOut, ofHeldOut, needOf)]),
    async run(batchOf) {
      const rows = await load(batchOf);
      const [patches] = parts.video?.states ?? [1];
      const need = needOf(
        rows.map(({ media: own, ...text }) =>
          sizesOf(text, {
            ...(own.image && { image: parts.image?.x2l.part.rows ?? 0 }),
            ...(own.video && { video: (own.video.rows / patches) * rowsOfFrame }),
            ...(own.audio && { audio: own.audio.rows }),
          }),
        ),
      );
      const { step, shape: sizes } = await graphs.of(need);
      const media: MediaShape = { ...sizes, images: sizes.images > 0 };
      const table = mediaRows({ ...parts, media, shape: { batch: size, length: 0, targets: 0 } });
      const laid = dealt(rows, count, ({ answer }) => answer.length).map((part) => ({
        rows: part,
        examples: part.map(({ around, question, answer, media: own }, row): MixedExample => {
          const rowsIn = (kind: MediaKind): number[] => {
            const held = own[kind]?.rows;
            if (held === undefined) return [];
            if (kind === 'audio') return span(held, table.speech + row * media.firings);
            const each = (kind === 'image' ? parts.image : parts.video)?.x2l.part.rows ?? 0;
            if (kind === 'image') return span(each, table.image + row * each);
            return span((held / patches) * each, table.video + row * media.frames * each);
          };
          return {
            question,
            answer,
            pieces: pieces
              .filter(([, kind]) => own[kind])
              .map(([, kind], at): MediaPiece => ({ ...(around[at] ?? bare), rows: rowsIn(kind) })),
          };
        }),
      }));
      const shape: TextBatchShape = { batch: size, length: sizes.length, targets: sizes.targets };
      const inputs = laid.map(({ rows, examples }) => ({
        ...packMixedBatch(examples, shape, llm, table.total),
        ...mediaInputs(rows, media, parts),
      }));
      const { loss } = await step.runParts(inputs, { weights: labelCounts(inputs) });
      return { loss, gradients: step.gradients, items: batch };
    },
    [Symbol.dispose]: () => graphs[Symbol.dispose](),
  };
}

/** The encoded media of rows, as the graph takes them: zeros where a row has none. */
function mediaInputs(
  rows: readonly { readonly media: Partial<Record<MediaKind, FeatureRows>> }[],
  media: MediaShape,
  parts: Parts,
): Record<string, Tensor> {
  const inputs: Record<string, Tensor> = {};
  const laid = (kind: MediaKind, each: number): Float32Array<ArrayBuffer> => {
    const values = new Float32Array(rows.length * each);
    for (const [row, { media: own }] of rows.entries()) values.set(own[kind]?.data ?? [], row * each);
    return values;
  };
  const seen = (kind: 'image' | 'video', pictures: number) => {
    const states = parts[kind]?.states ?? [1, 1];
    const values = laid(kind, pictures * states[0] * states[1]);
    return Tensor.from('float32', values, [rows.length * pictures, ...states]);
  };
  if (media.images) inputs['image'] = seen('image', 1);
  if (media.frames > 0) inputs['video'] = seen('video', media.frames);
  if (media.firings > 0 && parts.speech) {
    const { width } = parts.speech;
    const values = laid('audio', media.firings * width);
    inputs['firings'] = Tensor.from('float32', values, [rows.length, media.firings, width]);
    const counts = BigInt64Array.from(rows, ({ media: own }) => BigInt(own.audio?.rows ?? 0));
    inputs['counts'] = Tensor.from('int64', counts, [rows.length]);
  }
  return inputs;
}

const span = (count: number, from: number): number[] => Array.from({ length: count }, (_, at) => from + at);

/** What neither learns nor is there must not be made up. */
function notThere({ bundle }: Base, name: string): never {
  throw new TrainError(
    'invalid_bundle',
    `${bundle.path}: there is no parameter "${name}"`,
    'Choose another bundle.',
  );
}

/** An interface for video that the bundle did not have, where only others learn. */
function storedVideo(base: Base, name: string) {
  return base.manifest.interfaces.video ? undefined : base.read(name);
}

function interfacesOf(base: Base): Parts {
  const { image, video, speech } = base;
  const states = image && statesShape(base, image);
  const x2l = image && { part: image.x2l, scope: image.manifest.x2l.weights };
  return {
    image: image &&
      states &&
      x2l && { states, x2l, adapter: { part: image.adapter, scope: image.manifest.adapter.weights } },
    video: video &&
      states &&
      x2l && {
        states,
        x2l,
        adapter: { part: video.adapter, scope: video.manifest.adapter.weights },
        queries: { name: video.queries, scope: video.manifest.queries.weights },
      },
    speech: speech && {
      width: firingWidth(base, speech),
      x2l: { part: speech.x2l, scope: speech.manifest.x2l.weights },
      adapter: { part: speech.adapter, scope: speech.manifest.adapter.weights },
    },
  };
}

/** The interfaces that a task teaches. */
const taught: Readonly<Record<Task, readonly StageModality[]>> = {
  vl: ['image'],
  asr: ['speech'],
  masr: ['image', 'speech'],
  vsd: ['image', 'speech'],
  video: ['video'],
};

/** Every task needs interfaces for its media, and in stage 2 the one that learns. */
function requireInterfaces({ config, base, data }: LessonOptions, parts: Parts): void {
  for (const task of data.tasks) {
    const missing = taught[task].find((modality) => !parts[modality]);
    if (missing) {
      throw new TrainError(
        'invalid_bundle',
        `${base.bundle.path} has no interface for ${missing}, which the task "${task}" needs.`,
        'Choose a bundle that has one, or leave the task out.',
      );
    }
    if (!config.modality || taught[task].includes(config.modality)) continue;
    throw new TrainError(
      'invalid_data',
      `The data have examples of the task "${task}", which teach the interface for ${config.modality} nothing.`,
      'Leave them out, or train another modality.',
    );
  }
}

/** Names and shapes: in stage 2 all of one interface, in stage 3 the adapters and queries of those that tasks teach. */
function whatLearns({ config, base, data }: LessonOptions, parts: Parts): Shapes {
  const { modality } = config;
  const used = new Set(modality ? [modality] : data.tasks.flatMap((task) => taught[task]));
  const llm = { part: base.llm, scope: base.manifest.llm.weights };
  const asked = (media: MediaShape): Shapes =>
    shapesOf(alignMedia({ llm, ...parts, media, shape: { batch: 1, length: 16, targets: 1 } }));
  const all = asked({
    images: used.has('image'),
    frames: used.has('video') ? 1 : 0,
    firings: used.has('speech') ? 1 : 0,
  });
  const frozen = new Set(asked({ images: false, frames: 0, firings: 0 }).keys());
  if (modality !== 'image' && modality !== 'speech') {
    for (const name of readersOf(parts)) {
      const isOwnQuery = modality === undefined && name.endsWith(`.${imageQueries}`) && used.has('image');
      if (!isOwnQuery) frozen.add(name);
    }
  }
  return new Map([...all].filter(([name]) => !frozen.has(name)));
}

/** X-LLM's name for the queries of pictures. */
const imageQueries = 'query_tokens';

/** Parameters of the Q-Former that pictures and videos share, its queries included, and of the C-Former. */
function readersOf({ image, speech }: Parts): string[] {
  const seen = image
    ? shapesOf((graph, parameters) =>
        image.x2l.part.build(
          placed(parameters, image.x2l),
          graph.input('states', 'float32', [1, ...image.states]),
        ),
      )
    : new Map();
  const heard = speech
    ? shapesOf((graph, parameters) =>
        speech.x2l.part.build(
          placed(parameters, speech.x2l),
          graph.input('firings', 'float32', [1, 1, speech.width]),
          graph.input('keep', 'int64', [1, 1]),
        ),
      )
    : new Map();
  return [...seen.keys(), ...heard.keys()];
}
