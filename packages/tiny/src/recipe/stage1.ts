/** Step 5 of the recipe, stage 1 of the paper: the Q-Former learns to turn encoded pictures into language. */
import type { Stage1Config } from '@x-llm/models';
import { Runtime, Tensor } from '@x-llm/ort';
import {
  createProgress,
  createRandom,
  ParameterStore,
  seedOf,
  stage1Image,
  TrainingStep,
} from '@x-llm/train';
import { type Language, Pictures, Rng, thingAt, trainingStyles } from '../data/index.ts';
import { captionVariant } from '../text/index.ts';
import { patchCount, qFormerConfig, recipeSeed } from './config.ts';
import { openFeatures, type SceneFeatures } from './features.ts';
import { initialiseInterface } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer, type TinyTokenizer } from './tokenizer.ts';

/** Tokens of a caption, [CLS] and [SEP] included; longer ones are drawn again. */
const textLength = 14;

export async function trainStage1(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('stage1');
  const progress = createProgress({ directory, unit: 'pairs', every: 25 });
  const tokenizer = await loadTokenizer(runs);
  await using features = await openFeatures(
    await Pictures.load(trainingStyles, { onProgress: progress.note }),
    options,
  );
  const config: Stage1Config = {
    qFormer: qFormerConfig,
    projectionWidth: 128,
    tokens: { pad: tokenizer.tokens.pad, decode: tokenizer.qFormerTokens.decode },
    labelSmoothing: 0.1,
    gather: 'full',
  };
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({
    seed: recipeSeed,
    initialise: (name, shape, random) =>
      name === 'temp' ? Float32Array.of(0.07) : initialiseInterface(name, shape, random),
  });
  using training = await TrainingStep.create({
    runtime,
    name: 'stage1',
    store,
    build: stage1Image({ config, batch, patches: patchCount, textLength }),
  });
  if (start) store.take(start);
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters`);
  const pairs = pairStream(features, tokenizer, batch);

  await runStep(options, {
    directory,
    store,
    progress,
    endShare: 0.05,
    batch: async (index) => {
      const { loss, metrics } = await training.run(await pairs(index));
      const value = (name: string) => Number(metrics[name]?.data[0]);
      return {
        loss,
        gradients: training.gradients,
        items: batch,
        metrics: { itc: value('itc'), itm: value('itm'), itg: value('itg') },
      };
    },
  });
}

/** Batch `index` of pictures of different things, each with a caption: two of a kind would be false negatives. */
function pairStream(features: SceneFeatures, tokenizer: TinyTokenizer, batch: number) {
  const singles = features.scenes.flatMap(({ kind }, place) => (kind === 'single' ? [place] : []));
  const { cls, sep } = tokenizer.qFormerTokens;
  const { pad } = tokenizer.tokens;
  const captionIds = (thing: number, rng: Rng): number[] => {
    for (;;) {
      const language: Language = rng.chance(0.5) ? 'en' : 'zh';
      const ids = tokenizer.tokenizer.encode(captionVariant(thingAt(thing), language, rng));
      if (ids.length <= textLength - 2) return [cls, ...ids, sep];
    }
  };
  return async (index: number): Promise<Record<string, Tensor>> => {
    const rng = new Rng(recipeSeed, 31, index);
    const places: number[] = [];
    const rows: number[][] = [];
    const seen = new Set<number>();
    while (places.length < batch) {
      const place = rng.pick(singles);
      const thing = features.scenes[place]?.items[0]?.thing ?? -1;
      if (thing < 0 || seen.has(thing)) continue;
      seen.add(thing);
      places.push(place);
      rows.push(captionIds(thing, rng));
    }
    const random = createRandom(seedOf(recipeSeed, 'gumbel', index));
    const gumbel = () =>
      Tensor.from(
        'float32',
        Float32Array.from({ length: batch * batch }, () => -Math.log(-Math.log(random.uniform() + 1e-9))),
        [batch, batch],
      );
    const padded = (fill: number, value: (id: number) => number) =>
      Tensor.from(
        'int64',
        BigInt64Array.from(
          rows.flatMap((row) =>
            Array.from({ length: textLength }, (_, i) => (i < row.length ? value(row[i] ?? fill) : fill)),
          ),
          BigInt,
        ),
        [batch, textLength],
      );
    return {
      features: await features.gather(places),
      ids: padded(pad, (id) => id),
      mask: padded(0, () => 1),
      'gumbel.images': gumbel(),
      'gumbel.texts': gumbel(),
    };
  };
}
