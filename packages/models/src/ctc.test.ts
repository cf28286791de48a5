import { GraphError } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { expect, test } from 'vitest';
import { type CtcOptions, ctcLoss } from './ctc.ts';
import { evaluate, integers, noise } from './testing.ts';

interface Case {
  readonly frames: number;
  readonly classes: number;
  readonly texts: readonly (readonly number[])[];
  readonly lengths: readonly number[];
  readonly scale?: number;
}

async function losses({ frames, classes, texts, lengths, scale = 1 }: Case, options?: CtcOptions) {
  const batch = texts.length;
  const longest = Math.max(1, ...texts.map((text) => text.length));
  const shape = [frames, batch, classes];
  const logits = noise(shape, 'logits').map((value) => scale * value);
  const feeds = {
    logits: Value.from('float32', logits, shape),
    targets: integers(
      [batch, longest],
      texts.flatMap((text) => Array.from({ length: longest }, (_, i) => text[i] ?? -1)),
    ),
    inputLengths: integers([batch], lengths),
    targetLengths: integers(
      [batch],
      texts.map((text) => text.length),
    ),
  };
  const { loss } = await evaluate(feeds, (graph) => ({
    loss: ctcLoss(
      {
        logits: graph.input('logits', 'float32', shape),
        targets: graph.input('targets', 'int64', [batch, longest]),
        inputLengths: graph.input('inputLengths', 'int64', [batch]),
        targetLengths: graph.input('targetLengths', 'int64', [batch]),
      },
      options,
    ),
  }));
  return { values: loss?.values ?? [], logits };
}

/** ln softmax of one frame of one sequence. */
function logProbabilities(
  logits: Float32Array,
  { texts, classes }: Case,
  frame: number,
  row: number,
): number[] {
  const from = (frame * texts.length + row) * classes;
  const scores = [...logits.subarray(from, from + classes)];
  const sum = Math.log(scores.reduce((total, score) => total + Math.exp(score), 0));
  return scores.map((score) => score - sum);
}

/** What a path over the frames says: repeats are one, blanks none. */
const said = (path: readonly number[], blank: number): number[] =>
  path.filter((label, i) => label !== blank && label !== path[i - 1]);

/** The definition: the sum over every path that says the text. */
function everyPath(logits: Float32Array, one: Case, row: number, blank: number): number {
  const frames = one.lengths[row] ?? 0;
  let probability = 0;
  for (let code = 0; code < one.classes ** frames; code++) {
    const path = Array.from({ length: frames }, (_, t) => Math.floor(code / one.classes ** t) % one.classes);
    if (said(path, blank).join() !== one.texts[row]?.join()) continue;
    const total = path.reduce(
      (sum, label, t) => sum + (logProbabilities(logits, one, t, row)[label] ?? 0),
      0,
    );
    probability += Math.exp(total);
  }
  return -Math.log(probability);
}

test.each([0, 2])('is the sum over every path that says the text, with blank %i', async (blank) => {
  const [a = 0, b = 0] = [0, 1, 2].filter((label) => label !== blank);
  const one: Case = {
    frames: 5,
    classes: 3,
    texts: [[a, b], [a, a], [b], [], [b, a, b]],
    lengths: [5, 4, 1, 5, 3],
    scale: 2,
  };
  const { values, logits } = await losses(one, { blank });
  for (const [row, value] of values.entries()) {
    expect(value).toBeCloseTo(everyPath(logits, one, row, blank), 4);
  }
});

test('a text that does not fit its frames is infinitely unlikely, or does not count', async () => {
  const one: Case = { frames: 3, classes: 3, texts: [[1, 1, 2], [1]], lengths: [3, 3] };
  const { values } = await losses(one);
  expect(values[0]).toBe(Number.POSITIVE_INFINITY);
  expect(values[1]).toBeLessThan(10);
  expect((await losses(one, { infeasible: 'zero' })).values).toEqual([0, values[1]]);
});

test('keeps its precision over a sentence of frames', async () => {
  const text = Array.from({ length: 20 }, (_, i) => 1 + ((i * 7) % 11));
  const one: Case = { frames: 100, classes: 12, texts: [text], lengths: [100], scale: 8 };
  const { values, logits } = await losses(one);
  // The textbook's recursion in double precision.
  const labels = [0, ...text.flatMap((label) => [label, 0])];
  const at = (alpha: readonly number[], state: number) => alpha[state] ?? Number.NEGATIVE_INFINITY;
  let alpha: number[] = [];
  for (let frame = 0; frame < one.frames; frame++) {
    const emission = logProbabilities(logits, one, frame, 0);
    alpha = labels.map((label, state) => {
      const jump = state > 1 && label !== labels[state - 2] ? at(alpha, state - 2) : Number.NEGATIVE_INFINITY;
      const from =
        frame === 0
          ? [state < 2 ? 0 : Number.NEGATIVE_INFINITY]
          : [at(alpha, state), at(alpha, state - 1), jump];
      const peak = Math.max(...from);
      if (peak === Number.NEGATIVE_INFINITY) return peak;
      return (
        peak + Math.log(from.reduce((sum, term) => sum + Math.exp(term - peak), 0)) + (emission[label] ?? 0)
      );
    });
  }
  const [last, before] = [at(alpha, labels.length - 1), at(alpha, labels.length - 2)];
  const expected = -Math.max(last, before) - Math.log1p(Math.exp(-Math.abs(last - before)));
  expect(Math.abs((values[0] ?? 0) / expected - 1)).toBeLessThan(1e-6);
});

test('says which shapes it cannot take', async () => {
  const build = evaluate({}, (graph) => ({
    loss: ctcLoss({
      logits: graph.input('logits', 'float32', ['T', 1, 3]),
      targets: graph.input('targets', 'int64', [1, 2]),
      inputLengths: graph.input('inputLengths', 'int64', [1]),
      targetLengths: graph.input('targetLengths', 'int64', [1]),
    }),
  }));
  await expect(build).rejects.toThrow(GraphError);
  await expect(build).rejects.toThrow(/known numbers of frames and of tokens, got \[T,1,3\] and \[1,2\]/);
});
