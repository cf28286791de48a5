import { MediaError } from '../error.ts';

export interface VideoLimits {
  /** Longest file accepted, in bytes. */
  maxBytes: number;
  /** Longest video accepted, in seconds. */
  maxSeconds: number;
  /** Most pixels (width × height) a frame may have. */
  maxPixels: number;
  /** Most frames a file may hold; their times are kept while it is decoded. */
  maxFrames: number;
}

/** 4K as cinemas have it (4096 × 2304); ten minutes at 60 frames a second, and GIFs that count in tens of thousands. */
export const defaultVideoLimits: VideoLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxSeconds: 600,
  maxPixels: 4096 * 2304,
  maxFrames: 50_000,
};

export function assertVideoSize(sizeBytes: number, limits: VideoLimits): void {
  if (sizeBytes === 0) throw new MediaError('empty_video_file', 'The video is empty (0 bytes).');
  if (sizeBytes > limits.maxBytes) {
    throw new MediaError(
      'video_too_large',
      `The video has ${sizeBytes} bytes; at most ${limits.maxBytes} are accepted.`,
    );
  }
}

export function assertFrameSize(width: number, height: number, limits: VideoLimits): void {
  if (width * height <= limits.maxPixels) return;
  throw new MediaError(
    'video_too_large',
    `The video's frames are ${width}×${height}; at most ${limits.maxPixels} pixels are accepted.`,
  );
}

export function assertFrameCount(frames: number, limits: VideoLimits): void {
  if (frames <= limits.maxFrames) return;
  throw new MediaError('video_too_long', `The video has more than ${limits.maxFrames} frames.`);
}

/**
 * Pixels that are decoded for all frames that are wanted, where a frame needs those before it. libvips takes a second for a
 * tenth of a gigapixel, and nothing ends it before it is done.
 */
const maxDecodedPixels = 1_000_000_000;

export function assertDecodedPixels(pixels: number): void {
  if (pixels <= maxDecodedPixels) return;
  throw new MediaError(
    'video_too_large',
    `The wanted frames take ${(pixels / 1e9).toFixed(1)} gigapixels to decode; at most ${maxDecodedPixels / 1e9} are accepted.`,
  );
}

export function assertVideoSeconds(seconds: number, limits: VideoLimits): void {
  if (seconds <= limits.maxSeconds) return;
  throw new MediaError(
    'video_too_long',
    `The video lasts ${seconds.toFixed(1)} s; at most ${limits.maxSeconds} s are accepted.`,
  );
}
