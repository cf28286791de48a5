/** The losses of golden folder `optim`: cross-entropy smoothed as torch and as ESPnet do it, and CTC. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import { crossEntropy, ctcLoss, smoothedDivergence } from '@x-llm/models';
import { div, type Tensor as GraphTensor, gradients, mul, reduceSum } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import {
  absolute,
  type Comparison,
  compare,
  list,
  relative,
  sameNumbers,
  scalar,
  stored,
  type Values,
} from '../comparison.ts';
import { evaluate, tensorOf } from '../evaluate.ts';
import type { JsonObject } from '../folder.ts';

/** From the folder's README. */
const tolerance = { crossEntropy: 1e-6, ctc: 1e-5 };

const integers = (shape: readonly number[], values: readonly number[]): Tensor =>
  Tensor.from('int64', BigInt64Array.from(values, BigInt), shape);

// ---- cross-entropy

/** `ce.KIND.SMOOTHING.grad`, and `KIND.SMOOTHING` or, of ESPnet's, `.batch` and `.tokens` among the losses. */
export async function crossEntropies(
  json: JsonObject,
  inputs: SafetensorsFile,
  expected: SafetensorsFile,
): Promise<Comparison[]> {
  const losses = json.object('expected').object('ce');
  const logits = tensorOf(inputs, 'ce.logits');
  const [batch = 1, length = 1, classes = 1] = logits.shape;
  const labels = tensorOf(inputs, 'ce.targets').as('int64').data;
  const rows = {
    logits: Tensor.from('float32', logits.as('float32').data, [batch * length, classes]),
    targets: Tensor.from('int64', labels, [batch * length]),
  };
  const tokens = labels.reduce((count, label) => count + Number(label >= 0n), 0);
  const run = (lossOf: (scores: GraphTensor, labels: GraphTensor) => GraphTensor) =>
    evaluate({
      weights: inputs,
      feeds: rows,
      build: (graph) => {
        const scores = graph.input('logits', 'float32', rows.logits.shape);
        const loss = lossOf(scores, graph.input('targets', 'int64', rows.targets.shape));
        const [gradient = scores] = gradients(loss, [scores]);
        return { loss, gradient };
      },
    });
  const comparisons: Comparison[] = [];
  const check = (key: string, loss: Values | undefined) =>
    comparisons.push(
      compare(`ce.${key}`, loss, scalar(losses.number(key)), relative(tolerance.crossEntropy)),
    );
  const checkGradient = (name: string, gradient: Values | undefined) => {
    const wanted = stored(expected, name);
    const shaped = gradient && { ...gradient, shape: wanted.shape };
    comparisons.push(compare(name, shaped, wanted, absolute(tolerance.crossEntropy)));
  };

  for (const key of losses.keys()) {
    const [, kind, smoothing, per] = /^(torch|espnet_kl)\.([\d.]+?)(?:\.(batch|tokens))?$/.exec(key) ?? [];
    if (kind === 'torch') {
      const results = await run((scores, labels) =>
        crossEntropy(scores, labels, { labelSmoothing: Number(smoothing) }),
      );
      check(key, results.get('loss'));
      checkGradient(`ce.${key}.grad`, results.get('gradient'));
    } else if (kind === 'espnet_kl') {
      const results = await run((scores, labels) => {
        const sum = smoothedDivergence(scores, labels, { smoothing: Number(smoothing) });
        return div(sum, scores.graph.scalar('float32', per === 'batch' ? batch : tokens));
      });
      check(key, results.get('loss'));
      if (per === 'batch') checkGradient(`ce.${key.replace(/\.batch$/, '')}.grad`, results.get('gradient'));
    }
  }
  return comparisons;
}

// ---- CTC

/** Of each case: losses one by one, their sum and torch's mean; both gradients, where what is infeasible counts 0. */
export async function ctcLosses(
  json: JsonObject,
  inputs: SafetensorsFile,
  expected: SafetensorsFile,
): Promise<Comparison[]> {
  const settings = json.object('ctc');
  const wanted = new Map(
    json
      .object('expected')
      .objects('ctc')
      .map((found) => [found.string('name'), found]),
  );
  const comparisons: Comparison[] = [];
  for (const one of settings.objects('cases')) {
    const name = one.string('name');
    const losses = wanted.get(name);
    if (!losses) continue;
    const logits = tensorOf(inputs, `ctc.${name}.logits`);
    const targets = one.lists('targets');
    const results = await run(inputs, logits, {
      blank: settings.number('blank'),
      targets,
      inputLengths: one.numbers('input_lengths'),
    });
    const by = relative(tolerance.ctc);
    const truth = losses.numbersOrNulls('none');
    const found = Array.from(results.get('none')?.data ?? [], Number);
    const feasible = (values: readonly (number | null)[]) =>
      values.map((value) => Number(value !== null && Number.isFinite(value)));
    comparisons.push(
      sameNumbers(`ctc.${name}.feasible`, feasible(found), feasible(truth)),
      compare(
        `ctc.${name}.none`,
        list(found.map((value) => (Number.isFinite(value) ? value : 0))),
        list(truth.map((value) => value ?? 0)),
        by,
      ),
    );
    for (const reduction of ['sum', 'mean'] as const) {
      const [total = 0] = losses.numbers(`${reduction}_zero_infinity`);
      comparisons.push(
        compare(`ctc.${name}.${reduction}`, results.get(reduction), scalar(total), by),
        compare(
          `ctc.${name}.grad_${reduction}`,
          results.get(`grad_${reduction}`),
          stored(expected, `ctc.${name}.grad_${reduction}`),
          absolute(tolerance.ctc),
        ),
      );
    }
  }
  return comparisons;
}

function run(
  weights: SafetensorsFile,
  logits: Tensor,
  text: { blank: number; targets: readonly number[][]; inputLengths: readonly number[] },
): Promise<Map<string, Values>> {
  const { blank, targets, inputLengths } = text;
  const batch = targets.length;
  const longest = Math.max(1, ...targets.map((tokens) => tokens.length));
  const padded = targets.flatMap((tokens) => Array.from({ length: longest }, (_, i) => tokens[i] ?? -1));
  const shares = targets.map((tokens) => 1 / (Math.max(1, tokens.length) * batch));
  const feeds = {
    logits,
    targets: integers([batch, longest], padded),
    inputLengths: integers([batch], inputLengths),
    targetLengths: integers(
      [batch],
      targets.map((tokens) => tokens.length),
    ),
    shares: Tensor.from('float32', Float32Array.from(shares), [batch]),
  };
  return evaluate({
    weights,
    feeds,
    build: (graph) => {
      const given = {
        logits: graph.input('logits', 'float32', logits.shape),
        targets: graph.input('targets', 'int64', [batch, longest]),
        inputLengths: graph.input('inputLengths', 'int64', [batch]),
        targetLengths: graph.input('targetLengths', 'int64', [batch]),
      };
      const losses = ctcLoss(given, { blank, infeasible: 'zero' });
      const sum = reduceSum(losses);
      const mean = reduceSum(mul(losses, graph.input('shares', 'float32', [batch])));
      const [gradSum = losses] = gradients(sum, [given.logits]);
      const [gradMean = losses] = gradients(mean, [given.logits]);
      return { none: ctcLoss(given, { blank }), sum, mean, grad_sum: gradSum, grad_mean: gradMean };
    },
  });
}
