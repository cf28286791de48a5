import { MediaError } from '../error.ts';

export interface AudioLimits {
  /** Longest file accepted, in bytes. */
  maxBytes: number;
  /** Longest sound accepted, in seconds. */
  maxSeconds: number;
  /** Most samples that a compressed sound may have in one channel: bounds memory at high sample rates. */
  maxSamples: number;
}

/**
 * 20 MiB is what the HTTP API accepts as a body; that is 11 minutes of 16-bit mono at 16 kHz. Ten minutes at 48 kHz
 * are 28.8 million samples, or 115 MB.
 */
export const defaultAudioLimits: AudioLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxSeconds: 600,
  maxSamples: 28_800_000,
};

export function assertAudioSize(sizeBytes: number, limits: AudioLimits): void {
  if (sizeBytes === 0) throw new MediaError('empty_audio_file', 'The audio file is empty (0 bytes).');
  if (sizeBytes > limits.maxBytes) {
    throw new MediaError(
      'audio_too_large',
      `The audio file has ${sizeBytes} bytes; at most ${limits.maxBytes} are accepted.`,
    );
  }
}

/** Throws for a header that declares no sound or too much of it; nothing is allocated. */
export function assertDuration(frames: number, sampleRateHz: number, limits: AudioLimits): void {
  if (frames === 0) throw new MediaError('empty_audio_file', 'The audio file holds no samples.');
  assertSeconds(frames / sampleRateHz, limits);
  if (frames > limits.maxSamples) {
    throw new MediaError(
      'audio_too_large',
      `The audio has ${frames} samples a channel; at most ${limits.maxSamples} are accepted.`,
    );
  }
}

export function assertSeconds(seconds: number, limits: AudioLimits): void {
  if (seconds <= limits.maxSeconds) return;
  throw new MediaError(
    'audio_too_long',
    `The audio lasts ${seconds.toFixed(1)} s; at most ${limits.maxSeconds} s are accepted.`,
  );
}
