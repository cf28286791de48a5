import type { Features } from './features.ts';

/**
 * Low frame rate: row i is frames step·i − (stack−1)/2 and the stack−1 after it, side by side; the
 * first frame stands in for those before it, the last for those after it. [T, width] becomes
 * [ceil(T / step), stack · width]. FunASR's `apply_lfr` (frontends/wav_frontend.py).
 *
 * `lowFrameRate(features)` of [100, 80] → [17, 560]. Throws RangeError for numbers that are not positive.
 */
export function lowFrameRate(features: Features, stack = 7, step = 6): Features {
  if (!Number.isInteger(stack) || !Number.isInteger(step) || stack < 1 || step < 1) {
    throw new RangeError(`lowFrameRate: stack and step must be positive integers, got ${stack} and ${step}`);
  }
  const [frames, width] = features.shape;
  const rows = Math.ceil(frames / step);
  const before = Math.floor((stack - 1) / 2);
  const data = new Float32Array(rows * stack * width);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let place = 0; place < stack; place++, to += width) {
      const frame = Math.max(0, Math.min(frames - 1, row * step + place - before));
      data.set(features.data.subarray(frame * width, (frame + 1) * width), to);
    }
  }
  return { shape: [rows, stack * width], data };
}
