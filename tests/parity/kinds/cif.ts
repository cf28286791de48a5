/** Continuous integrate-and-fire as its two references have it: golden folder `cif`. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  addTailFrame,
  type CifOptions,
  type CifOutputs,
  cif,
  frameMask,
  frameWeights,
  projectEmbeddings,
  quantityError,
  scaleToTargets,
} from '@x-llm/models';
import {
  add,
  cast,
  div,
  type Graph,
  gradients,
  mul,
  type Parameters,
  pad,
  reduceMean,
  reduceSum,
  slice,
  type Tensor,
} from '@x-llm/onnx';
import { compareAll, firstSlots, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor, namesBehind, trainedInput } from '../evaluate.ts';
import type { GoldenFolder, JsonObject } from '../folder.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 3e-5, gradients: 1e-4 };

/** FunASR's training brings weights to whole sums, where the last token hangs on rounding: README, quirk 5. */
const roundingGuard = 1e-4;

export const cifKind: Kind = {
  summary:
    'CIF of CIF-PyTorch and of FunASR: embeddings, counts, positions, tails, quantity losses, gradients',
  files: ['config.json', 'inputs.safetensors', 'weights_module.safetensors', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const actual = await compute(folder, expected);
    return compareAll(expected, actual, (name) =>
      relative(name.includes('grad') ? tolerance.gradients : tolerance.outputs),
    );
  },
};

interface Inputs {
  readonly alpha: Tensor;
  readonly hidden: Tensor;
  readonly lengths: Tensor;
  readonly targets: Tensor;
  readonly r: Tensor;
  readonly rModule: Tensor;
}

async function compute(folder: GoldenFolder, expected: SafetensorsFile): Promise<Map<string, Values>> {
  const inputs = await folder.tensors('inputs.safetensors');
  const weights = await folder.tensors('weights_module.safetensors');
  const config = folder.json('config.json').object('config');
  const feeds = feedsOf(inputs, ['alpha', 'hidden', 'lengths', 'target_lengths', 'R', 'R_module']);
  const wanted = [...expected.tensors.keys()];
  const trained = namesBehind('module.train.grad.', wanted);
  const results = new Map<string, Values>();
  const run = async (build: (inputs: Inputs, parameters: Parameters) => Record<string, Tensor>) => {
    const outputs = await evaluate({
      weights,
      feeds,
      trained,
      build: (graph, parameters) => build(declare(graph, feeds), parameters),
    });
    for (const [name, values] of outputs) results.set(name, values);
  };

  const maximum = (inputs.info('R').shape[1] ?? 0) + 1; // room for all, and one to see that it stays empty
  for (const variant of variantsOf(config, maximum)) {
    await run((given) => inference(variant, given));
    if (variant.trains) await run((given) => training(variant, given));
  }
  await run((given) => quantityLosses(given));
  const module = moduleOf(config, maximum);
  await run((given, parameters) => moduleInference(module, given, parameters));
  await run((given, parameters) => moduleTraining(module, trained, given, parameters));
  const shown = new Map([...results].map(([name, values]) => [name, cut(name, values, results)]));
  for (const [name, counts] of results) {
    if (name.endsWith('.count')) shown.set(name.replace(/count$/, 'mask'), maskOf(counts));
  }
  return shown;
}

/** 1 for each token there is, as far as the longest sequence has some. */
function maskOf(counts: Values): Values {
  const lengths = Array.from(counts.data, Number);
  const longest = Math.max(...lengths);
  const data = lengths.flatMap((length) => Array.from({ length: longest }, (_, i) => (i < length ? 1 : 0)));
  return { shape: [lengths.length, longest], data };
}

const declare = (graph: Graph, feeds: ReturnType<typeof feedsOf>): Inputs => {
  const input = (name: string) => inputFor(graph, name, feeds[name]);
  return {
    alpha: input('alpha'),
    hidden: input('hidden'),
    lengths: input('lengths'),
    targets: input('target_lengths'),
    r: input('R'),
    rModule: input('R_module'),
  };
};

interface Variant {
  readonly name: string;
  readonly options: CifOptions;
  readonly trains: boolean;
  /** FunASR's tail is a weight that is added, CIF-PyTorch's (in `options`) a rule. */
  readonly tailWeight?: number;
}

function variantsOf(config: JsonObject, maximum: number): Variant[] {
  const han = config.object('han');
  const funasr = config.object('funasr');
  const tail = han.number('tail_handling_firing_threshold');
  return [
    ...han.numbers('thresholds').map((threshold): Variant => {
      const options = { threshold, maximum, surplus: 'next-frame', tail } as const;
      return { name: threshold === 1 ? 'han10' : 'han099', options, trains: threshold !== 1 };
    }),
    {
      name: 'funasr',
      options: { threshold: funasr.number('threshold'), maximum, surplus: 'same-token' },
      trains: true,
      tailWeight: funasr.number('tail_threshold'),
    },
  ];
}

const outputs = (prefix: string, { embeddings, counts, firedAt }: CifOutputs): Record<string, Tensor> => ({
  [`${prefix}.embeds`]: embeddings,
  [`${prefix}.count`]: counts,
  [`${prefix}.fire_pos`]: firedAt,
});

const masked = ({ alpha, lengths }: Pick<Inputs, 'alpha' | 'lengths'>): Tensor =>
  mul(alpha, frameMask(lengths, Number(alpha.shape[1])));

function inference({ name, options, tailWeight }: Variant, inputs: Inputs): Record<string, Tensor> {
  const { alpha, hidden, lengths } = inputs;
  if (tailWeight !== undefined) {
    const longer = addTailFrame(alpha, hidden, lengths, tailWeight);
    const found = cif(longer.weights, longer.hidden, longer.lengths, options);
    return {
      ...outputs(`${name}.infer`, found),
      [`${name}.infer.alphas_with_tail`]: longer.weights,
      [`${name}.infer.token_num`]: cast(found.counts, 'float32'),
      [`${name}.infer.fires`]: found.fires,
    };
  }
  const longer = cif(pad(alpha, 1, 0, 1), pad(hidden, 1, 0, 1), lengths, options);
  return {
    ...outputs(`${name}.infer`, cif(alpha, hidden, lengths, options)),
    ...outputs(`${name}.infer_extra_frame`, longer),
    [`${name}.infer.quantity`]: reduceSum(masked(inputs), [1]),
  };
}

function training({ name, options }: Variant, inputs: Inputs): Record<string, Tensor> {
  const { alpha, hidden, lengths, targets, r } = inputs;
  const scaled = scaleToTargets(alpha, lengths, targets);
  const { tail: _, ...withoutTail } = options;
  const threshold = options.surplus === 'same-token' ? options.threshold - roundingGuard : options.threshold;
  const found = cif(scaled, hidden, lengths, { ...withoutTail, threshold });
  const loss = reduceSum(mul(slice(found.embeddings, 1, 0, Number(r.shape[1])), r));
  const [ofAlpha = alpha, ofHidden = hidden] = gradients(loss, [alpha, hidden]);
  return {
    ...outputs(`${name}.train`, found),
    'train.scaled_alpha': scaled,
    [`${name}.train.fires`]: found.fires,
    [`${name}.train.quantity`]: reduceSum(masked(inputs), [1]),
    [`${name}.train.grad_alpha`]: ofAlpha,
    [`${name}.train.grad_hidden`]: ofHidden,
  };
}

function quantityLosses(inputs: Inputs): Record<string, Tensor> {
  const { alpha, targets } = inputs;
  const errors = quantityError(reduceSum(masked(inputs), [1]), targets);
  const sum = reduceSum(errors);
  const perToken = div(sum, reduceSum(cast(targets, 'float32')));
  const [gradient = alpha] = gradients(sum, [alpha]);
  return {
    'quantity_loss.sum_abs': sum,
    'quantity_loss.per_token': perToken,
    'quantity_loss.per_utterance_mae': reduceMean(errors),
    'quantity_loss.funasr_length_normalized': perToken,
    'quantity_loss.grad_alpha_of_sum_abs': gradient,
  };
}

interface Module {
  readonly options: CifOptions & { readonly tail: number };
  readonly outWidth: number;
  readonly kernel: number;
  readonly quantityShare: number;
}

function moduleOf(config: JsonObject, maximum: number): Module {
  const module = config.object('module');
  return {
    options: {
      threshold: module.number('cif_threshold'),
      maximum,
      surplus: 'next-frame',
      tail: config.object('han').number('tail_handling_firing_threshold'),
    },
    outWidth: config.number('module_out_dim'),
    kernel: module.number('conv_cif_width'),
    quantityShare: module.number('quantity_weight_in_gradient_loss'),
  };
}

function moduleInference(
  module: Module,
  { hidden, lengths }: Inputs,
  parameters: Parameters,
): Record<string, Tensor> {
  const alpha = frameWeights(parameters, hidden, module.kernel);
  const { embeddings, counts } = cif(alpha, hidden, lengths, module.options);
  return {
    'module.alpha': masked({ alpha, lengths }),
    'module.infer.out': projectEmbeddings(parameters, embeddings, module.outWidth),
    'module.infer.count': counts,
    'module.infer.quantity': reduceSum(masked({ alpha, lengths }), [1]),
  };
}

function moduleTraining(
  module: Module,
  trained: readonly string[],
  { hidden, lengths, targets, rModule }: Inputs,
  parameters: Parameters,
): Record<string, Tensor> {
  const { tail: _, ...options } = module.options;
  const alpha = frameWeights(parameters, hidden, module.kernel);
  const quantity = reduceSum(masked({ alpha, lengths }), [1]);
  const scaled = scaleToTargets(alpha, lengths, targets);
  const { embeddings, counts } = cif(scaled, hidden, lengths, options);
  const out = projectEmbeddings(parameters, embeddings, module.outWidth);
  const error = reduceSum(quantityError(quantity, targets));
  const loss = add(
    reduceSum(mul(slice(out, 1, 0, Number(rModule.shape[1])), rModule)),
    mul(error, hidden.graph.scalar('float32', module.quantityShare)),
  );
  const [ofHidden = hidden, ...others] = gradients(loss, [
    hidden,
    ...trained.map((name) => trainedInput(parameters, name)),
  ]);
  return {
    'module.train.out': out,
    'module.train.count': counts,
    'module.train.quantity': quantity,
    'module.train.grad_hidden': ofHidden,
    ...Object.fromEntries(others.map((gradient, index) => [`module.train.grad.${trained[index]}`, gradient])),
  };
}

/** The references give as many tokens as the longest sequence has; here there is room for more, which has to be empty. */
function cut(name: string, values: Values, all: ReadonlyMap<string, Values>): Values {
  const match = /^(.*)\.(embeds|out|fire_pos)$/.exec(name);
  const counts = match && all.get(`${match[1]}.count`);
  return counts ? firstSlots(values, Math.max(...Array.from(counts.data, Number))) : values;
}
