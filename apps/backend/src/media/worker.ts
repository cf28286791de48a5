/** Runs in a thread: uploaded files to what the model takes. */
import { MediaError, type MediaErrorCode } from '@x-llm/media';
import { prepareImage } from '@x-llm/media/node';
import { move } from 'piscina';
import {
  type DecodedSpeech,
  type DecodedVideo,
  readSpeech,
  readVideo,
  type SpeechOptions,
  type VideoOptions,
} from './decode.ts';

export type Task =
  | { kind: 'image'; bytes: Uint8Array; size: number }
  | { kind: 'speech'; bytes: Uint8Array; options: SpeechOptions }
  | { kind: 'video'; bytes: Uint8Array; options: VideoOptions };

export interface Results {
  image: Uint8Array;
  speech: DecodedSpeech;
  video: DecodedVideo;
}

/** Errors lose their `code` on the way between threads, so a refusal is a value. */
export type Outcome = { result: Results[Task['kind']] } | { code: MediaErrorCode; message: string };

export default async function work(task: Task): Promise<Outcome> {
  try {
    return { result: await decode(task) };
  } catch (error) {
    if (error instanceof MediaError) return { code: error.code, message: error.message };
    throw error;
  }
}

async function decode(task: Task): Promise<Results[Task['kind']]> {
  switch (task.kind) {
    case 'image':
      return handOver(await prepareImage(task.bytes, { size: task.size }));
    case 'speech': {
      const speech = await readSpeech(task.bytes, task.options);
      return { ...speech, samples: handOver(speech.samples) };
    }
    case 'video': {
      const video = await readVideo(task.bytes, task.options);
      return { ...video, frames: video.frames.map(handOver) };
    }
  }
}

/** Memory goes to the other thread instead of being copied, if nothing else lies in it. */
function handOver<View extends Uint8Array | Float32Array>(view: View): View {
  if (view.byteLength === view.buffer.byteLength) move(view.buffer as ArrayBuffer);
  return view;
}
