import { audio, image, video } from '@x-llm/sdk';
import type { Inputs, Kind } from './inputs.ts';
import { probe } from './probe.ts';

/** Longer than any signature. */
const headBytes = 64;

const goesThrough = (part: Promise<unknown>) =>
  part.then(
    () => true,
    () => false,
  );

/** What a file is, from its bytes; undefined for what is none of the three. A name or a declared type may lie. */
export async function kindOf(file: Blob, url: string, inputs: Inputs): Promise<Kind | undefined> {
  const head = await file.slice(0, headBytes).arrayBuffer();
  if (await goesThrough(image(head))) return inputs.video && (await moves(file)) ? 'video' : 'image';
  // HEIC and AVIF share MP4's signature.
  if (file.type.startsWith('image/')) return undefined;
  const mayBeHeard = await goesThrough(audio(head));
  const mayBeWatched = await goesThrough(video(head));
  if (!mayBeHeard || !mayBeWatched) return mayBeHeard ? 'audio' : mayBeWatched ? 'video' : undefined;
  // MP4 and WebM hold either.
  const probed = await probe(url);
  return (probed?.hasPicture ?? file.type.startsWith('video/')) ? 'video' : 'audio';
}

/** Whether a GIF or WebP is animated. Browsers without a decoder for its frames see a picture. */
async function moves(file: Blob): Promise<boolean> {
  const { url } = (await image(await file.slice(0, headBytes).arrayBuffer())).image_url;
  const type = /^data:(image\/(?:gif|webp));/.exec(url)?.[1];
  if (type === undefined || !('ImageDecoder' in globalThis)) return false;
  const decoder = new ImageDecoder({ type, data: await file.arrayBuffer() });
  try {
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    // Not `animated`, which Chromium says of every GIF.
    return (decoder.tracks.selectedTrack?.frameCount ?? 1) > 1;
  } catch {
    return false;
  } finally {
    decoder.close();
  }
}
