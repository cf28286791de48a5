/** Optimiser, schedule and losses of training: golden folder `optim`. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import { type Graph, gradients } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { AdamW, decayByName, epochCosine, ParameterStore } from '@x-llm/train';
import {
  absolute,
  type Comparison,
  compare,
  list,
  relative,
  scalar,
  stored,
  type Values,
} from '../comparison.ts';
import { evaluate } from '../evaluate.ts';
import type { JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';
import { crossEntropies, ctcLosses } from './optim-losses.ts';
import { modelLoss } from './optim-model.ts';

/**
 * From the folder's README: parameters and state. It sets none for the gradients of its model, which the other
 * folders' is taken for.
 */
const tolerance = { training: 1e-5, gradients: 1e-4 };
/** Learning rates are computed in double precision on both sides. */
const rateTolerance = 1e-12;

export const optimKind: Kind = {
  summary: 'AdamW with and without accumulation, schedule, decay groups, smoothed cross-entropy, CTC',
  files: ['config.json', 'inputs.safetensors', 'expected.safetensors'],
  async check(folder) {
    const json = folder.json('config.json');
    const expected = await folder.tensors('expected.safetensors');
    const inputs = await folder.tensors('inputs.safetensors');
    return [
      ...schedule(json),
      ...decayGroups(json, inputs),
      ...(await training(json, inputs, expected)),
      ...(await crossEntropies(json, inputs, expected)),
      ...(await ctcLosses(json, inputs, expected)),
    ];
  },
};

// ---- schedule and groups

function rates(json: JsonObject): number[] {
  const config = json.object('config');
  const rate = epochCosine({
    initial: config.number('init_lr'),
    minimum: config.number('min_lr'),
    warmupStart: config.number('warmup_start_lr'),
    warmupSteps: config.number('warmup_steps'),
    epochs: config.number('max_epoch'),
    iterationsPerEpoch: config.number('iters_per_epoch'),
  });
  return Array.from({ length: config.number('steps') }, (_, step) => rate(step));
}

function schedule(json: JsonObject): Comparison[] {
  const expected = json.object('expected').object('adamw').numbers('lr');
  return [compare('lr', list(rates(json)), list(expected), relative(rateTolerance))];
}

function decayGroups(json: JsonObject, inputs: SafetensorsFile): Comparison[] {
  const groups = json.object('expected').object('adamw').object('weight_decay_applied');
  const names = groups.keys();
  const actual = names.map((name) => Number(decayByName(name, inputs.info(`init.${name}`).shape)));
  const expected = names.map((name) => Number(groups.raw(name)));
  return [compare('weight decay by name', list(actual), list(expected), absolute(0))];
}

// ---- AdamW

async function training(
  json: JsonObject,
  inputs: SafetensorsFile,
  expected: SafetensorsFile,
): Promise<Comparison[]> {
  const names = [...expected.tensors.keys()]
    .filter((name) => name.startsWith('param.0.'))
    .map((name) => name.slice('param.0.'.length));
  const by = relative(tolerance.training);
  const losses = json.object('expected').object('adamw').numbers('loss');
  const comparisons: Comparison[] = [];

  // The optimiser alone, on the expected gradients; the model's gradients at the expected parameters.
  const given = new Run(json, inputs, names);
  let before: (name: string) => Values = (name) => stored(inputs, `init.${name}`);
  for (const step of given.rates.keys()) {
    const own = await lossAndGradients(inputs, step, names, before);
    comparisons.push(compare(`loss.${step}`, own.get('loss'), scalar(losses[step] ?? Number.NaN), by));
    for (const name of names) {
      comparisons.push(
        compare(
          `grad.${step}.${name}`,
          own.get(`grad.${name}`),
          stored(expected, `grad.${step}.${name}`),
          relative(tolerance.gradients),
        ),
      );
    }
    given.update(step, new Map(names.map((name) => [name, expected.readFloat32(`grad.${step}.${name}`)])));
    for (const name of names) {
      comparisons.push(
        compare(`param.${step}.${name}`, given.value(name), stored(expected, `param.${step}.${name}`), by),
      );
    }
    before = (name) => stored(expected, `param.${step}.${name}`);
  }
  comparisons.push(...given.moments('final', expected, by));

  // Model and optimiser together, gradients summed over two batches.
  const accumulated = new Run(json, inputs, names);
  const sums = new Map<string, Float32Array>();
  for (const step of accumulated.rates.keys()) {
    const own = await lossAndGradients(inputs, step, names, (name) => accumulated.value(name));
    for (const name of names) {
      const fresh = Float32Array.from(own.get(`grad.${name}`)?.data ?? [], Number);
      const sum = sums.get(name);
      sums.set(name, sum ? fresh.map((value, i) => value + (sum[i] ?? 0)) : fresh);
    }
    if (step % 2 === 0) continue;
    accumulated.update(step, sums);
    sums.clear();
  }
  const last = accumulated.rates.length - 1;
  for (const name of names) {
    const key = `accum2.param.${last}.${name}`;
    comparisons.push(compare(key, accumulated.value(name), stored(expected, key), by));
  }
  return [...comparisons, ...accumulated.moments('accum2.final', expected, by)];
}

/** Parameters and an optimiser at the folder's settings. */
class Run {
  readonly rates: readonly number[];
  readonly #names: readonly string[];
  readonly #store = new ParameterStore({ seed: 0 });
  readonly #optimizer: AdamW;

  constructor(json: JsonObject, inputs: SafetensorsFile, names: readonly string[]) {
    const config = json.object('config');
    this.rates = rates(json);
    this.#names = names;
    this.#optimizer = new AdamW({
      beta1: config.number('beta1'),
      beta2: config.number('beta2'),
      epsilon: config.number('eps'),
      weightDecay: config.number('weight_decay'),
      decays: decayByName,
    });
    for (const name of names) {
      const { shape } = inputs.info(`init.${name}`);
      this.#store.set(name, shape, new Float32Array(inputs.readFloat32(`init.${name}`)));
    }
  }

  update(step: number, found: ReadonlyMap<string, Float32Array>): void {
    this.#optimizer.update(this.#store, found, this.rates[step] ?? Number.NaN);
  }

  value(name: string): Values {
    for (const parameter of this.#store) {
      if (parameter.name === name) return { shape: parameter.shape, data: parameter.data };
    }
    throw new Error(`no parameter "${name}"`);
  }

  moments(prefix: string, expected: SafetensorsFile, by: ReturnType<typeof relative>): Comparison[] {
    return this.#names.flatMap((name) => {
      const { shape, data } = this.value(name);
      const { first, second } = this.#optimizer.moments(name, data.length);
      const keys = [`${prefix}.exp_avg.${name}`, `${prefix}.exp_avg_sq.${name}`] as const;
      return [
        compare(keys[0], { shape, data: first }, stored(expected, keys[0]), by),
        compare(keys[1], { shape, data: second }, stored(expected, keys[1]), by),
      ];
    });
  }
}

async function lossAndGradients(
  inputs: SafetensorsFile,
  step: number,
  names: readonly string[],
  parameter: (name: string) => Values,
): Promise<Map<string, Values>> {
  const batch = (name: string) => {
    const [, ...shape] = inputs.info(name).shape;
    const size = shape.reduce((product, dim) => product * dim, 1);
    return Tensor.from('float32', inputs.readFloat32(name).slice(step * size, (step + 1) * size), shape);
  };
  const feeds: Record<string, Tensor> = { x: batch('x'), y: batch('y') };
  for (const name of names) {
    const { shape, data } = parameter(name);
    feeds[name] = Tensor.from('float32', Float32Array.from(data, Number), shape);
  }
  return evaluate({
    weights: inputs,
    feeds,
    build: (graph: Graph) => {
      const declared = Object.entries(feeds).map(
        ([name, { shape }]) => [name, graph.input(name, 'float32', shape)] as const,
      );
      const loss = modelLoss(new Map(declared));
      const wanted = declared.filter(([name]) => names.includes(name));
      const found = gradients(
        loss,
        wanted.map(([, tensor]) => tensor),
      );
      return {
        loss,
        ...Object.fromEntries(wanted.map(([name], index) => [`grad.${name}`, found[index] ?? loss])),
      };
    },
  });
}
