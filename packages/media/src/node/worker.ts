/** Runs in a thread: a file to samples or frames. */
import { type DecodedAudio, decodeAudioFile } from '../audio/decode.ts';
import { resample } from '../audio/resample.ts';
import { MediaError } from '../error.ts';
import { decodeFrames } from '../video/decode.ts';
import { decodeWebp } from '../video/webp.ts';
import type { AudioTask, DecodedVideo, Outcome, Task, VideoTask } from './task.ts';

const speechHz = 16_000;

export default async function work(task: Task): Promise<Outcome> {
  try {
    return task.kind === 'audio' ? { audio: decodeAudio(task) } : { video: await decodeVideo(task) };
  } catch (error) {
    if (error instanceof MediaError) return { code: error.code, message: error.message };
    throw error;
  }
}

function decodeAudio({ module, bytes, format, limits, speech }: AudioTask): DecodedAudio {
  const sound = decodeAudioFile(module, bytes, format, limits);
  if (!speech) return sound;
  return { ...sound, samples: resample(sound.samples, sound.sampleRateHz, speechHz), sampleRateHz: speechHz };
}

async function decodeVideo({ module, bytes, format, options, audio }: VideoTask): Promise<DecodedVideo> {
  if (format === 'webp') return decodeWebp(bytes, options);
  const video = decodeFrames(module, bytes, format, options);
  if (!audio || format === 'gif') return video;
  try {
    const sound = decodeAudio({ kind: 'audio', module, bytes, format, limits: audio, speech: true });
    return { ...video, speech: sound.samples, truncated: video.truncated || sound.truncated };
  } catch (error) {
    // Many videos are silent; whoever asks for sound gets it where there is some.
    if (error instanceof MediaError && error.code === 'no_audio_track') return video;
    throw error;
  }
}
