/** Whether a picture looks different turned round: a ball or the sun does not. */
import { levelStart, side } from '../layout.ts';
import type { Pictures } from '../pictures.ts';

/** A coarse level, so that edges that are the same up to their sampling count as the same. */
const level = 2;
const width = side >> level;
const eighth = Math.PI / 4;

const known = new WeakMap<Pictures, Float32Array>();

/**
 * The most a picture differs from itself turned by 45°, 90°, 135° or 180°: in 1/255 of a channel (premultiplied RGBA),
 * mean over the pixels that it covers before or after.
 */
export function changeByTurning(pictures: Pictures, slot: number): number {
  const changes = known.get(pictures) ?? new Float32Array(pictures.shared.slots.length).fill(-1);
  known.set(pictures, changes);
  const before = changes[slot] ?? -1;
  if (before >= 0) return before;
  let most = 0;
  for (let turn = 1; turn <= 4; turn++) most = Math.max(most, changeAt(pictures, slot, turn * eighth));
  changes[slot] = most;
  return most;
}

function changeAt(pictures: Pictures, slot: number, angle: number): number {
  const first = (pictures.wordStart(slot, 0) + (levelStart[level] as number)) * 4;
  const pixels = pictures.bytes.subarray(first, first + width * width * 4);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const middle = (width - 1) / 2;
  let sum = 0;
  let covered = 0;
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const u = cos * (x - middle) - sin * (y - middle) + middle;
      const v = sin * (x - middle) + cos * (y - middle) + middle;
      const o = (y * width + x) * 4;
      if ((pixels[o + 3] as number) < 64 && between(pixels, u, v, 3) < 64) continue;
      covered++;
      for (let channel = 0; channel < 4; channel++)
        sum += Math.abs((pixels[o + channel] as number) - between(pixels, u, v, channel)) / 4;
    }
  }
  return covered === 0 ? 0 : sum / covered;
}

/** Bilinear; transparent outside. */
function between(pixels: Uint8Array, u: number, v: number, channel: number): number {
  const iu = Math.floor(u);
  const iv = Math.floor(v);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= width ? 0 : (pixels[(y * width + x) * 4 + channel] as number);
  const top = at(iu, iv) + (at(iu + 1, iv) - at(iu, iv)) * (u - iu);
  const bottom = at(iu, iv + 1) + (at(iu + 1, iv + 1) - at(iu, iv + 1)) * (u - iu);
  return top + (bottom - top) * (v - iv);
}
