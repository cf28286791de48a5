import { Tensor as Value } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import { type ConformerConfig, conformer, encodedFrames, subsampledFrames } from './conformer.ts';
import { difference, evaluate, integers, noise } from './testing.ts';

const config: ConformerConfig = {
  inputWidth: 8,
  width: 8,
  heads: 2,
  feedForwardWidth: 12,
  blocks: 1,
  kernel: 3,
  layerNormEpsilon: 1e-12,
  batchNormEpsilon: 1e-5,
};
/** Running variances may not be negative. */
const positive = { 'encoder.encoders.0.conv_module.norm.running_var': new Float32Array(8).fill(0.7) };

const run = (features: Float32Array<ArrayBuffer>, frames: number, lengths: readonly number[]) =>
  evaluate(
    {
      features: Value.from('float32', features, [lengths.length, frames, 8]),
      lengths: integers([lengths.length], lengths),
    },
    (graph, parameters) => {
      const { output, mask } = conformer(
        config,
        parameters,
        graph.input('features', 'float32', [lengths.length, frames, 8]),
        graph.input('lengths', 'int64', [lengths.length]),
      );
      return { output, mask };
    },
    positive,
  );

test.each([
  [7, 1],
  [8, 1],
  [11, 2],
  [61, 14],
  [100, 24],
])('%i frames become %i', async (frames, left) => {
  expect(subsampledFrames(frames)).toBe(left);
  const { output } = await run(noise([1, frames, 8], frames), frames, [frames]);
  expect(output?.shape).toEqual([1, left, 8]);
});

test('a frame counts when the first of the four it stands for does', async () => {
  const { mask } = await run(noise([4, 23, 8], 1), 23, [23, 16, 5, 1]);
  expect(mask?.values).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0].slice(0, 20));
});

test('attention does not see what lies behind the end', async () => {
  const features = noise([1, 43, 8], 2);
  const before = await run(features, 43, [20]);
  const changed = features.slice();
  changed.set(noise([8, 8], 3), 35 * 8); // far enough behind frame 20 for no convolution to reach it
  const after = await run(changed, 43, [20]);
  const kept = 3 * 8;
  expect(
    difference(before.output?.values.slice(0, kept) ?? [], after.output?.values.slice(0, kept) ?? []),
  ).toBeLessThan(1e-6);
  const heard = await run(changed, 43, [43]);
  expect(
    difference(before.output?.values.slice(0, kept) ?? [], heard.output?.values.slice(0, kept) ?? []),
  ).toBeGreaterThan(1e-3);
});

test('too few frames are refused', async () => {
  await expect(run(noise([1, 6, 8], 1), 6, [6])).rejects.toThrow('6 frames are too few');
});

describe('a small encoder for serving in batches', () => {
  const small: ConformerConfig = {
    ...config,
    blocks: 3,
    subsamplingChannels: 4,
    convolutionNorm: 'layer',
    poolAfter: [1],
  };
  const hear = (features: Float32Array<ArrayBuffer>, frames: number, lengths: readonly number[]) =>
    evaluate(
      {
        features: Value.from('float32', features, [lengths.length, frames, 8]),
        lengths: integers([lengths.length], lengths),
      },
      (graph, parameters) => {
        const {
          output,
          mask,
          lengths: counted,
        } = conformer(
          small,
          parameters,
          graph.input('features', 'float32', [lengths.length, frames, 8]),
          graph.input('lengths', 'int64', [lengths.length]),
          { padding: 'hidden' },
        );
        return { output, mask, counted };
      },
    );

  test('keeps half of the subsampled frames', async () => {
    expect(encodedFrames(small, 61)).toBe(7);
    const { output, mask, counted } = await hear(noise([2, 61, 8], 1), 61, [61, 30]);
    expect(output?.shape).toEqual([2, 7, 8]);
    expect(counted?.values).toEqual([7, encodedFrames(small, 30)]);
    expect(mask?.values).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  test('hears a sequence in a batch as it hears it alone, whatever the padding holds', async () => {
    const long = noise([61, 8], 2);
    const short = noise([30, 8], 3);
    const padded = new Float32Array(2 * 61 * 8);
    padded.set(long);
    padded.set(short, 61 * 8);
    padded.fill(3, (61 + 30) * 8);
    const together = await hear(padded, 61, [61, 30]);
    const [first, second] = [await hear(long, 61, [61]), await hear(short, 30, [30])];
    const rows = together.output?.values ?? [];
    expect(difference(rows.slice(0, 7 * 8), first.output?.values ?? [])).toBeLessThan(1e-5);
    expect(difference(rows.slice(7 * 8, 7 * 8 + 3 * 8), second.output?.values ?? [])).toBeLessThan(1e-5);
  });
});
