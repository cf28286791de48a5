/** Stage 1 for pictures: the Q-Former learns to turn them into language. No language model has a part in it. */
import { makePart, qFormerConfig } from '@x-llm/engine/parts';
import type { Stage1Config } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { TrainError } from '../error.ts';
import { stage1Image } from '../objectives/stage1-image.ts';
import { type Initialise, initialiseTransformer } from '../parameter-store.ts';
import { createRandom, seedOf } from '../random.ts';
import { TrainingStep } from '../training-step.ts';
import type { Base } from './base.ts';
import { statesShape } from './encode.ts';
import { overLimit, prepareExamples } from './examples.ts';
import { learning, shapesOf } from './learning.ts';
import type { Lesson, LessonOptions } from './lesson.ts';
import { mostGraphs, needsIn, roundUp, StepsByShape } from './steps-by-shape.ts';

/** The width in which pictures and texts are compared; BLIP-2's is 256, which narrow models need not exceed. */
const projectionWidth = (width: number): number => Math.min(256, width);
/** Learnable, divides the similarities; BLIP-2's first value. */
const firstTemperature = 0.07;

const firstValues: Initialise = (name, shape, random) =>
  name.endsWith('.temp') ? Float32Array.of(firstTemperature) : initialiseTransformer(name, shape, random);

/** Pictures and their answers; what was asked is left out. */
export async function stage1ImageLesson(options: LessonOptions): Promise<Lesson> {
  const { config, base, data, runtime, features } = options;
  const { batch, seed } = config;
  const { image } = base;
  const wrong = data.tasks.find((task) => task !== 'vl');
  if (!image || wrong) {
    throw new TrainError(
      image ? 'invalid_data' : 'invalid_bundle',
      image ? `The data have examples of the task "${wrong}".` : 'The bundle has no interface for image.',
      'Stage 1 for pictures learns from pictures and what is said of them: the task "vl".',
    );
  }
  const qFormer = makePart({ 'q-former': qFormerConfig }, image.manifest.x2l, 'interfaces.image.x2l');
  const { cls, sep, decode } = textTokens(base, config.textTokens, qFormer.vocabularySize);
  const { pad } = base.llm;
  const states = statesShape(base, image);
  const most = Math.min(config.maxAnswerTokens + 2, qFormer.maxPositions);
  const { training, heldOut } = await prepareExamples(options, ({ answer }) => {
    const said = base.textIds(answer).length;
    const why = overLimit('the answer', said, 'maxAnswerTokens', { maxAnswerTokens: most - 2 });
    const sizes = { length: Math.min(said + 2, most) };
    const length = said + 2;
    return why === undefined ? { length, sizes, fits: 'whole' } : { length, sizes, fits: 'cut', why };
  });
  for (const { kept } of [training, ...(heldOut ? [heldOut] : [])]) {
    const count = kept.vl?.length ?? 0;
    if (count >= batch && batch >= 2) continue;
    throw new TrainError(
      'empty_data',
      `Stage 1 compares the pictures of a batch with each other: ${count} examples${kept === training.kept ? '' : ' are held out'}, "batch" is ${batch}.`,
      'Take at least 2, and no more than there are examples.',
    );
  }

  const settings: Stage1Config = {
    qFormer,
    projectionWidth: projectionWidth(qFormer.width),
    tokens: { pad, decode },
    labelSmoothing: 0.1,
    gather: 'full',
  };
  const scope = image.manifest.x2l.weights;
  const build =
    (textLength: number): Parameters<typeof TrainingStep.create>[0]['build'] =>
    (graph, parameters) =>
      stage1Image({ config: settings, batch, patches: states[0], textLength })(graph, parameters.at(scope));
  const store = learning(shapesOf(build(4)), {
    base,
    seed,
    initialise: config.initialise,
    first: firstValues,
    optional: true, // what only texts go through is not kept in bundles
  });
  if (config.initialise === 'bundle') copyTextBranch(base, store);
  const graphs = new StepsByShape<{ readonly length: number }>({
    most: mostGraphs(base),
    cost: ({ length }) => length,
    create: ({ length }) => TrainingStep.create({ runtime, name: 'stage1', store, build: build(length) }),
  });
  const needOf = (rows: readonly { readonly length: number }[]) => ({
    length: Math.min(roundUp(Math.max(...rows.map(({ length }) => length)), 4), qFormer.maxPositions),
  });
  return {
    store,
    training,
    heldOut,
    plan: (ofTraining, ofHeldOut) =>
      graphs.plan([...needsIn(training, ofTraining, needOf), ...needsIn(heldOut, ofHeldOut, needOf)]),
    async run({ examples, index }) {
      const texts = examples.map(({ answer }) => [cls, ...base.textIds(answer).slice(0, most - 2), sep]);
      const pictures = await Promise.all(examples.map((one) => features.get('image', one.image ?? '')));
      const {
        step,
        shape: { length },
      } = await graphs.of(needOf(texts));
      const random = createRandom(seedOf(seed, 'negatives', index));
      const gumbel = () =>
        Tensor.from(
          'float32',
          Float32Array.from({ length: batch * batch }, () => -Math.log(-Math.log(random.uniform() + 1e-9))),
          [batch, batch],
        );
      const padded = (value: (id: number) => number, fill: number) =>
        Tensor.from(
          'int64',
          BigInt64Array.from(
            texts.flatMap((ids) => [...ids.map(value), ...Array<number>(length - ids.length).fill(fill)]),
            BigInt,
          ),
          [batch, length],
        );
      const values = new Float32Array(batch * states[0] * states[1]);
      for (const [row, { data: picture }] of pictures.entries())
        values.set(picture, row * states[0] * states[1]);
      const { loss, metrics } = await step.run({
        features: Tensor.from('float32', values, [batch, ...states]),
        ids: padded((id) => id, pad),
        mask: padded(() => 1, 0),
        'gumbel.images': gumbel(),
        'gumbel.texts': gumbel(),
      });
      const numbers = Object.entries(metrics).map(([name, { data: value }]) => [name, Number(value[0])]);
      return { loss, gradients: step.gradients, items: batch, metrics: Object.fromEntries(numbers) };
    },
    [Symbol.dispose]: () => graphs[Symbol.dispose](),
  };
}

/** Texts start with the queries' feed-forward weights: BLIP-2 starts the queries' from the texts'. */
function copyTextBranch(base: Base, store: ReturnType<typeof learning>): void {
  for (const { name, shape } of store) {
    if (base.locate(name) && base.read(name)) continue;
    const twin = base.read(name.replace(/\.(intermediate|output)\.(?=dense|LayerNorm)/, '.$1_query.'));
    if (twin && twin.shape.join() === shape.join()) store.set(name, shape, twin.data);
  }
}

function textTokens(
  { tokenizer }: Base,
  given: { readonly cls: number; readonly sep: number; readonly decode: number } | undefined,
  vocabulary: number,
) {
  const id = (piece: string) => tokenizer.id(piece) ?? -1;
  const found = given ?? { cls: id('[CLS]'), sep: id('[SEP]'), decode: id('[DEC]') };
  if (Object.values(found).every((one) => Number.isInteger(one) && one >= 0 && one < vocabulary))
    return found;
  throw new TrainError(
    'invalid_config',
    given
      ? `textTokens: every id must be below ${vocabulary}.`
      : 'The tokenizer has no [CLS], [SEP] and [DEC], which stage 1 puts around texts.',
    'Give ids of three tokens that texts do not contain: "textTokens": {"cls": …, "sep": …, "decode": …}.',
  );
}
