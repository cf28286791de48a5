/** Stage 1 for speech: encoder and CIF learn to write down what is said. */
import { conformerCifConfig, makePart } from '@x-llm/engine/parts';
import { encodedFrames } from '@x-llm/models';
import { TrainError } from '../error.ts';
import { stage1Speech } from '../objectives/stage1-speech.ts';
import { partsOf, partsWithin } from '../parts.ts';
import { createRandom, seedOf } from '../random.ts';
import { packSpeechBatch } from '../speech-batch.ts';
import { TrainingStep } from '../training-step.ts';
import { type Measure, overLimit, prepareExamples } from './examples.ts';
import { learning, shapesOf } from './learning.ts';
import type { Lesson, LessonOptions } from './lesson.ts';
import { mostGraphs, needsIn, roundUp, StepsByShape } from './steps-by-shape.ts';

/** Sizes are rounded up to these; a graph of CTC grows with its frames. */
const steps = { frames: 64, tokens: 8 } as const;

/** Of a recording, or of the largest of a batch. */
type SpeechSizes = Readonly<Record<'frames' | 'tokens', number>>;

/** Recordings and what is said in them: the answers of the task "asr". */
export async function stage1SpeechLesson(options: LessonOptions): Promise<Lesson> {
  const { config, base, data, runtime, features } = options;
  const { batch, seed } = config;
  const { speech } = base;
  const wrong = data.tasks.find((task) => task !== 'asr');
  if (!speech || wrong) {
    throw new TrainError(
      speech ? 'invalid_data' : 'invalid_bundle',
      speech ? `The data have examples of the task "${wrong}".` : 'The bundle has no interface for speech.',
      'Stage 1 for speech learns from recordings and what is said in them: the task "asr".',
    );
  }
  const { architecture } = speech.manifest.encoder;
  if (architecture !== 'conformer-cif') {
    throw new TrainError(
      'invalid_bundle',
      `Stage 1 for speech teaches a Conformer with CIF; the bundle's encoder is a ${architecture}, which has been taught.`,
      'Begin with stage 2: its encoder stays as it is.',
    );
  }
  const { conformer } = makePart(
    { 'conformer-cif': conformerCifConfig },
    speech.manifest.encoder,
    'interfaces.speech.encoder',
  );
  const vocabulary = base.llm.vocabSize;
  const textOf = (answer: string): number[] => base.textIds(answer).slice(0, config.maxAnswerTokens);
  const [slowest, fastest] = config.augment?.speed ?? [1, 1];
  /** Of a recording that has `length` frames at its fastest, or one that is held out, at its slowest. */
  const framesAtMost = (length: number, isHeldOut: boolean): number =>
    isHeldOut ? length : Math.ceil(((length + 1) * Math.max(1, fastest)) / Math.min(1, slowest));
  const measure: Measure = ({ answer }, { audio: length = 0 }, isHeldOut) => {
    const whole = base.textIds(answer).length;
    const why = overLimit('the text', whole, 'maxAnswerTokens', config);
    if (why !== undefined && config.tooLong !== 'cut') return { length, fits: 'cut', why };
    const tokens = textOf(answer);
    // A text must fit the frames that are left of its recording, or CTC cannot say it.
    const [room, needed] = [encodedFrames(conformer, length), tokens.length + repeats(tokens)];
    if (tokens.length === 0) return { length, fits: 'no', why: 'the text has no tokens' };
    if (needed > room) {
      const why = `CTC needs ${needed} frames for the text, the recording has ${room}`;
      return { length, fits: 'no', why };
    }
    const sizes = { frames: framesAtMost(length, isHeldOut), tokens: tokens.length };
    return { length, sizes, fits: why === undefined ? 'whole' : 'cut' };
  };
  const { training, heldOut } = await prepareExamples(options, measure);
  const scope = speech.manifest.encoder.weights;
  const build =
    ({
      rows,
      frames,
      tokens,
    }: {
      rows: number;
      frames: number;
      tokens: number;
    }): Parameters<typeof TrainingStep.create>[0]['build'] =>
    (graph, parameters) =>
      stage1Speech({
        encoder: conformer,
        vocabulary,
        batch: rows,
        frames,
        tokens,
        ctc: { classes: vocabulary + 1, units: tokens },
      })(graph, parameters.at(scope));
  const store = learning(shapesOf(build({ rows: 1, frames: steps.frames, tokens: steps.tokens })), {
    base,
    seed,
    initialise: config.initialise,
    optional: true, // the heads are not kept in bundles
  });
  const count = partsWithin(batch, store.count);
  const graphs = new StepsByShape<SpeechSizes>({
    most: mostGraphs(base),
    cost: ({ frames, tokens }) => frames + tokens,
    create: (shape) =>
      TrainingStep.create({
        runtime,
        name: 'stage1',
        store,
        parts: count,
        build: build({ rows: batch / count, ...shape }),
      }),
  });
  const needOf = (rows: readonly SpeechSizes[]): SpeechSizes => ({
    frames: roundUp(Math.max(...rows.map(({ frames }) => frames)), steps.frames),
    tokens: roundUp(Math.max(...rows.map(({ tokens }) => tokens)), steps.tokens),
  });
  return {
    store,
    training,
    heldOut,
    plan: (ofTraining, ofHeldOut) =>
      graphs.plan([...needsIn(training, ofTraining, needOf), ...needsIn(heldOut, ofHeldOut, needOf)]),
    async run({ examples: given, index, isHeldOut = false }) {
      const examples = await Promise.all(
        given.map(async ({ audio = '', answer }, row) => {
          const random = isHeldOut ? undefined : createRandom(seedOf(seed, 'change', index, row));
          const heard = await features.get('audio', audio, random);
          const tokens = textOf(answer);
          return { features: heard.data, frames: heard.rows, tokens, units: tokens.map((id) => id + 1) };
        }),
      );
      const need = needOf(examples.map(({ frames, tokens }) => ({ frames, tokens: tokens.length })));
      const { step, shape } = await graphs.of(need);
      const inputs = packSpeechBatch(examples, {
        batch,
        ...shape,
        bins: conformer.inputWidth,
        units: shape.tokens,
        unitFrames: (frames) => encodedFrames(conformer, frames),
      });
      const { loss, metrics } = await step.runParts(partsOf(inputs, count));
      const numbers = Object.entries(metrics).map(([name, { data: value }]) => [name, Number(value[0])]);
      return { loss, gradients: step.gradients, items: batch, metrics: Object.fromEntries(numbers) };
    },
    [Symbol.dispose]: () => graphs[Symbol.dispose](),
  };
}

/** Equal neighbours, which need a blank between them. */
const repeats = (tokens: readonly number[]): number =>
  tokens.filter((token, index) => index > 0 && tokens[index - 1] === token).length;
