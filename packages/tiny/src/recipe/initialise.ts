import { type Initialise, initialiseTransformer } from '@x-llm/train';

/** Embeddings and queries N(0, 0.02); other matrices by fan-in, √(1/3n), for 0.02 is too small at these widths. */
export const initialiseByFanIn: Initialise = (name, shape, random) => {
  const [rows, fanIn] = shape;
  if (shape.length !== 2 || rows === undefined || fanIn === undefined || name.includes('embeddings')) {
    return initialiseTransformer(name, shape, random);
  }
  const deviation = Math.sqrt(1 / (3 * fanIn));
  return new Float32Array(rows * fanIn).map(() => deviation * random.normal());
};

/**
 * By how much the path of the picture through the Q-Former starts stronger than by fan-in. Its norms come after the
 * shortcuts, so that the queries, of length √C and the same for all pictures, would drown what is added to them
 * (docs/decisions/0007).
 */
const pathGains: readonly (readonly [RegExp, number])[] = [
  [/\.crossattention\.self\.value\.weight$/, Math.sqrt(3)],
  [/\.crossattention\.output\.dense\.weight$/, 4],
  [/\.output_query\.dense\.weight$/, 3],
];

/** The interface: by fan-in, and the picture's path stronger. */
export const initialiseInterface: Initialise = (name, shape, random) => {
  const gain = pathGains.find(([pattern]) => pattern.test(name))?.[1] ?? 1;
  return initialiseByFanIn(name, shape, random).map((value) => gain * value);
};

/** The speech encoder: by fan-in, its convolutions too. */
export const initialiseSpeech: Initialise = (name, shape, random) => {
  if (shape.length < 3) return initialiseByFanIn(name, shape, random);
  const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
  const count = fanIn * (shape[0] ?? 1);
  return new Float32Array(count).map(() => fanIn ** -0.5 * random.normal());
};
