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
