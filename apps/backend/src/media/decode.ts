/** Sound and video files as models take them, decoded in the threads of @x-llm/media. */
import { MediaError } from '@x-llm/media';
import { decodeSpeech, decodeVideo } from '@x-llm/media/node';

interface Common {
  /** What the file must be; left out, whatever can be read. */
  format?: string;
  deadlineMs: number;
  signal: AbortSignal;
}

export interface SpeechOptions extends Common {
  maxSeconds: number;
}

/** [samples], mono, at 16 kHz. Throws `MediaError`, or the signal's reason. */
export async function readSpeech(
  bytes: Uint8Array,
  { maxSeconds, ...options }: SpeechOptions,
): Promise<Float32Array> {
  const { samples } = await decodeSpeech(bytes, { ...options, limits: { maxSeconds } });
  return samples;
}

export interface VideoOptions extends Common {
  /** At most so many. */
  frames: number;
  /** So many for each second from the start; left out, spread evenly over the whole. */
  framesPerSecond?: number;
  size: number;
  /** Whether its sound is wanted, too. */
  hears: boolean;
}

export interface ReadVideo {
  /** size · size · 3 bytes each. */
  pictures: Uint8Array[];
  /** [samples], mono, at 16 kHz; undefined when there is no sound or it is not wanted. */
  samples: Float32Array | undefined;
}

/** What a sender may call each container. */
const declarable: Readonly<Record<string, readonly string[]>> = {
  mp4: ['mp4', 'mov'],
  mov: ['mov', 'mp4'],
  webm: ['webm', 'mkv'],
  matroska: ['mkv', 'webm'],
  gif: ['gif'],
  webp: ['webp'],
};

/** Throws `MediaError`, or the signal's reason. */
export async function readVideo(
  bytes: Uint8Array,
  { format: declared, framesPerSecond, hears, ...options }: VideoOptions,
): Promise<ReadVideo> {
  const sampling = framesPerSecond === undefined ? 'uniform' : { fps: framesPerSecond };
  const { frames, format, speech } = await decodeVideo(bytes, { ...options, sampling, audio: hears });
  if (declared !== undefined && declarable[format]?.includes(declared) !== true) {
    throw new MediaError('invalid_video', `The video is declared as ${declared} and is ${format}.`);
  }
  return { pictures: frames.map(({ rgb }) => rgb), samples: speech };
}
