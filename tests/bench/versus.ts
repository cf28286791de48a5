/** A training step here and in PyTorch, by turns, from the same numbers. */
import { Runtime } from '@x-llm/ort';
import { AdamW, ParameterStore, type StepInputs, TrainingStep, type TrainingStepOptions } from '@x-llm/train';
import type { Context, Outcome } from './benchmark.ts';
import { Peer, torchVersion } from './peer.ts';
import { summarise, type Times, timed } from './statistics.ts';

export interface Versus {
  readonly name: string;
  /** Of one part, where there are parts. */
  readonly build: TrainingStepOptions['build'];
  /** The batch in the parts that it is run in here, as the recipe does; PyTorch takes it whole. */
  readonly parts?: readonly StepInputs[];
  /** How much each of them counts; alike, unless given. */
  readonly weights?: readonly number[];
  readonly inputs: StepInputs;
  readonly script: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Small, so that many steps on one batch stay comparable. */
const rate = 1e-4;
const weightDecay = 0.05;
/** Steps that are not timed: memory is planned, kernels are chosen. */
const warmUps = 2;
/** Two float32 implementations agree this well over a few steps of the same training. */
const lossTolerance = 1e-3;

export async function versusPyTorch(context: Context, versus: Versus): Promise<Outcome> {
  const { threads, runs, python, note } = context;
  const { parts = [versus.inputs], weights } = versus;
  using runtime = Runtime.load({ intraOpThreads: threads });
  const store = new ParameterStore({ seed: 1 });
  const [step, { wall: load }] = await timed(() =>
    TrainingStep.create({ runtime, name: versus.name, store, parts: parts.length, build: versus.build }),
  );
  using training = step;
  const torch = torchVersion(python);
  if (torch === undefined) note(`no torch behind "${python}" (XLLM_PYTHON): only ours is measured`);
  using peer =
    torch === undefined
      ? undefined
      : await Peer.start({
          python,
          script: versus.script,
          threads,
          config: { ...versus.config, rate, weightDecay },
          parameters: [...store],
          inputs: Object.entries(versus.inputs).map(([name, { shape, data }]) => {
            if (data instanceof Float32Array || data instanceof BigInt64Array) return { name, shape, data };
            throw new TypeError(`${name}: only float32 and int64 are shared`);
          }),
        });

  const optimizer = new AdamW({ weightDecay });
  const ours: (Times & { loss: number; update: number })[] = [];
  const theirs: (Times & { loss: number })[] = [];
  for (let run = 0; run < warmUps + runs; run++) {
    const [result, times] = await timed(async () => {
      const { loss } = await training.runParts(parts, weights ? { weights } : {});
      const [, { wall: update }] = await timed(() => optimizer.update(store, training.gradients, rate));
      return { loss, update };
    });
    ours.push({ ...result, ...times });
    if (peer) theirs.push(await peer.step());
    note(`step ${run + 1} of ${warmUps + runs}`);
  }
  const difference = Math.max(0, ...theirs.map(({ loss }, i) => Math.abs(loss - (ours[i]?.loss ?? loss))));
  if (difference > lossTolerance) {
    throw new Error(`not the same computation: losses differ by ${difference} (ours ${ours[0]?.loss})`);
  }
  const pick = <Key extends string>(list: readonly Record<Key, number>[], key: Key) =>
    list.slice(warmUps).map((times) => times[key]);
  const measurements = {
    load: summarise('ms', [load]),
    ours: summarise('ms', pick(ours, 'wall')),
    oursProcessor: summarise('ms', pick(ours, 'cpu')),
    oursUpdate: summarise('ms', pick(ours, 'update')),
    ...(peer && {
      peer: summarise('ms', pick(theirs, 'wall')),
      peerProcessor: summarise('ms', pick(theirs, 'cpu')),
      lossDifference: summarise('loss', [difference]),
    }),
  };
  const ratio = (a: { median: number } | undefined, b: { median: number }) =>
    a ? a.median / b.median : undefined;
  const wall = ratio(measurements.peer, measurements.ours);
  const processor = ratio(measurements.peerProcessor, measurements.oursProcessor);
  return {
    settings: { threads, torch: torch ?? 'not found', parameters: store.count },
    measurements,
    ratios:
      wall === undefined || processor === undefined
        ? {}
        : { peerOverOurs: wall, peerOverOursProcessor: processor },
  };
}
