import { Tensor as Value } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import { hearTokens, type SpeechEncoderConfig } from './speech-encoder.ts';
import { difference, evaluate, integers, noise } from './testing.ts';

const config: SpeechEncoderConfig = {
  conformer: {
    inputWidth: 8,
    width: 8,
    heads: 2,
    feedForwardWidth: 12,
    blocks: 2,
    kernel: 5,
    layerNormEpsilon: 1e-12,
    batchNormEpsilon: 1e-5,
    poolAfter: [1],
  },
  cif: { threshold: 0.999, tail: 0.5, kernel: 3 },
};
/** Running variances may not be negative. */
const positive = Object.fromEntries(
  [0, 1].map((block) => [
    `encoder.encoders.${block}.conv_module.norm.running_var`,
    new Float32Array(8).fill(0.7),
  ]),
);

/** `lengths` frames of each utterance, padded to `frames`. */
const hear = (frames: number, lengths: readonly number[], shape: readonly (number | string)[]) => {
  const values = new Float32Array(lengths.length * frames * 8);
  for (const [row, length] of lengths.entries()) values.set(noise([length, 8], length), row * frames * 8);
  return evaluate(
    {
      features: Value.from('float32', values, [lengths.length, frames, 8]),
      lengths: integers([lengths.length], lengths),
    },
    (graph, parameters) => {
      const features = graph.input('features', 'float32', shape);
      const { embeddings, counts, firedAt, weights, lengths } = hearTokens(
        config,
        parameters,
        features,
        graph.input('lengths', 'int64', [shape[0] ?? 1]),
      );
      return { embeddings, counts, firedAt, weights, frames: lengths };
    },
    positive,
  );
};

describe('speech in a batch of any length', () => {
  const lengths = [47, 131, 11, 96];

  test('fires what it fires alone', async () => {
    const together = await hear(8 * 20 + 3, lengths, ['B', '8*S+3', 8]);
    expect(together['embeddings']?.shape).toEqual([4, 21, 8]);
    for (const [row, length] of lengths.entries()) {
      const alone = await hear(length, [length], [1, length, 8]);
      const frames = Math.floor(Math.floor((Math.floor((length - 1) / 2) - 1) / 2) / 2);
      expect(alone['frames']?.values).toEqual([frames]);
      expect(together['frames']?.values[row]).toBe(frames);
      const count = Number(alone['counts']?.values[0]);
      expect(together['counts']?.values[row]).toBe(count);
      if (length > 40) expect(count).toBeGreaterThan(0);
      const rows = (values: readonly number[] = []) => values.slice(0, 8 * count);
      const own = together['embeddings']?.values.slice(row * 21 * 8) ?? [];
      expect(difference(rows(own), rows(alone['embeddings']?.values))).toBeLessThan(1e-5);
      expect(together['firedAt']?.values.slice(row * 21, row * 21 + count)).toEqual(
        alone['firedAt']?.values.slice(0, count),
      );
    }
  });

  test('does not weigh what lies behind its end', async () => {
    const { weights } = await hear(8 * 20 + 3, lengths, ['B', '8*S+3', 8]);
    expect(weights?.values.slice(0, 20).filter((weight) => weight > 0).length).toBe(5);
  });
});

test('frames that cannot be pooled are refused', async () => {
  await expect(hear(19, [19], [1, '4*S+3', 8])).rejects.toThrow('an even number of frames to pool, got S');
});
