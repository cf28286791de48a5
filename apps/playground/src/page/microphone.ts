import { Refused } from './refused.ts';
import { wavOf } from './wav.ts';

export interface Recording {
  /** Ends it. Gives the samples, from −1 to 1, of one channel at the rate that was asked for. */
  stop(): Promise<Float32Array>;
  discard(): void;
}

interface RecordingOptions {
  readonly sampleRateHz: number;
  readonly maxSeconds: number;
  /** Called some twenty times a second or more: the loudest sample since, from 0 to 1, and the seconds so far. */
  readonly onHeard: (peak: number, seconds: number) => void;
  /** There will be no more: the time is up, or the microphone was unplugged. */
  readonly onEnd: () => void;
}

/**
 * Opens the microphone and records. The browser's own changes to noise stay off: the model was taught with noise, and
 * never heard what is left when a browser takes it out.
 *
 * Throws `Refused` when there is no microphone to be had.
 */
export async function record(options: RecordingOptions): Promise<Recording> {
  if (navigator.mediaDevices === undefined) throw new Refused('microphone-insecure');
  // Made before the permission is asked for: Safari keeps one silent that was not made in the very click.
  const context = new AudioContext();
  let stream: MediaStream | undefined;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true },
    });
    await context.audioWorklet.addModule('microphone-worklet.js');
    await context.resume();
    return listen(context, stream, options);
  } catch (error) {
    close(context, stream);
    throw new Refused(reasonOf(error));
  }
}

function listen(
  context: AudioContext,
  stream: MediaStream,
  { sampleRateHz, maxSeconds, onHeard, onEnd }: RecordingOptions,
): Recording {
  const maxSamples = Math.floor(maxSeconds * context.sampleRate);
  const heard = new AudioWorkletNode(context, 'microphone', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const chunks: Float32Array[] = [];
  let samples = 0;
  heard.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    if (samples >= maxSamples) return;
    chunks.push(data);
    samples += data.length;
    onHeard(peakOf(data), Math.min(maxSeconds, samples / context.sampleRate));
    if (samples >= maxSamples) onEnd();
  };
  for (const track of stream.getTracks()) track.onended = onEnd;
  context.createMediaStreamSource(stream).connect(heard);

  function discard(): void {
    heard.port.onmessage = null;
    close(context, stream);
  }
  return {
    discard,
    async stop() {
      discard();
      const whole = new Float32Array(samples);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      const resampled = await resample(whole.subarray(0, maxSamples), context.sampleRate, sampleRateHz);
      return resampled.subarray(0, Math.floor(maxSeconds * sampleRateHz));
    },
  };
}

/**
 * By the browser's decoder, which resamples well, and in every browser: Firefox connects no microphone to a context of
 * another rate than its own (bugzilla 1725336), and Chromium's buffer sources interpolate between two samples.
 */
async function resample(samples: Float32Array, fromHz: number, toHz: number): Promise<Float32Array> {
  if (samples.length === 0 || fromHz === toHz) return samples;
  const { buffer } = wavOf(samples, fromHz);
  return (await new OfflineAudioContext(1, 1, toHz).decodeAudioData(buffer)).getChannelData(0);
}

export const peakOf = (samples: Float32Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

function close(context: AudioContext, stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null;
    track.stop();
  }
  if (context.state !== 'closed') void context.close();
}

function reasonOf(error: unknown): Refused['reason'] {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone-denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'microphone-missing';
  return 'microphone-busy';
}
