/** A clip's file as the frames that the model is shown. */
import { decodeVideo } from '@x-llm/media/node';
import type { ClipSample } from '../clip-samples.ts';

/** `count` prepared frames of `size`² RGB, evenly spread, as serving takes them. @throws when the clip is shorter. */
export async function framesOf(sample: ClipSample, count: number, size: number): Promise<Uint8Array[]> {
  const { frames } = await decodeVideo(await sample.file(), { frames: count, size });
  if (frames.length < count) throw new Error(`a clip of ${sample.thing.en} has fewer than ${count} frames`);
  return frames.map(({ rgb }) => rgb);
}
