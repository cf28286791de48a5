/**
 * Videos: the rows of their frames in order, each frame read like a picture but with queries of its own. A video may have
 * fewer frames than the model takes; unlike in training, none are added.
 */
import type { VideoInterface } from '@x-llm/checkpoint';
import { EngineError } from '../error.ts';
import type { VideoInput } from '../types.ts';
import type { Encoded, MediaItem, ModalityDefinition } from './interface.ts';
import { PictureReader, type ReaderParts } from './pictures.ts';

/** X-LLM's name for the queries of video. */
const defaultQueries = 'video_query_tokens';

/** What reads the frames of videos. */
export const videoReader = ({
  adapter,
  queries: { name = defaultQueries, weights },
}: VideoInterface): ReaderParts => ({
  modality: 'video',
  adapter,
  queries: { name, weights },
});

export const video: ModalityDefinition = {
  field: 'videos',
  async load(context) {
    const manifest = context.bundle.manifest.interfaces.video;
    const { pictures } = context;
    if (!manifest || !pictures) return undefined;
    const { frames } = manifest;
    const reader = await PictureReader.load(pictures, videoReader(manifest), context);
    return {
      items: ({ videos }, place) =>
        videos.map((one, at) => item(reader, one, frames, `${place}.videos[${at}]`)),
      [Symbol.dispose]: () => reader[Symbol.dispose](),
    };
  },
};

function item(
  reader: PictureReader,
  { frames }: VideoInput,
  { count }: VideoInterface['frames'],
  place: string,
): MediaItem {
  if (frames.length === 0 || frames.length > count) {
    throw new EngineError('invalid_video', `${place}: expected 1 to ${count} frames, got ${frames.length}`, {
      param: place,
    });
  }
  for (const [at, frame] of frames.entries()) reader.check(frame, `${place}.frames[${at}]`, 'invalid_video');
  return {
    modality: 'video',
    leastRows: frames.length * reader.rows,
    encode: async () => joined(await Promise.all(frames.map((frame) => reader.encode(frame)))),
  };
}

function joined(frames: readonly Encoded[]): Encoded {
  const rows = new Float32Array(frames.reduce((sum, frame) => sum + frame.rows.length, 0));
  let at = 0;
  for (const frame of frames) {
    rows.set(frame.rows, at);
    at += frame.rows.length;
  }
  return { count: frames.reduce((sum, { count }) => sum + count, 0), rows };
}
