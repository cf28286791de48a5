/** A clip's file as the frames that the model is shown. */
import { decodeClip } from '../clip-files.ts';
import type { ClipSample } from '../clip-samples.ts';

/** `count` prepared frames of `size`² RGB, evenly spread, as serving takes them. @throws when the clip is shorter. */
export async function framesOf(sample: ClipSample, count: number, size: number): Promise<Uint8Array[]> {
  const frames = await decodeClip(await sample.file(), count, size);
  if (!frames) throw new Error(`a clip of ${sample.thing.en} has fewer than ${count} frames`);
  const bytes = size * size * 3;
  return Array.from({ length: count }, (_, frame) => frames.slice(frame * bytes, (frame + 1) * bytes));
}
