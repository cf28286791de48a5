/** A video to the few frames a model looks at: only those are ever kept, the rest is skipped or decoded and dropped. */
import type { VideoFormat } from '../containers.ts';
import { MediaError } from '../error.ts';
import { Decoder, DecoderAbort, type DecoderModule, type Demuxer, status } from '../ffmpeg/decoder.ts';
import { applyOrientation, flatten } from '../pixels.ts';
import { resizeBicubic } from '../resize.ts';
import { chooseFrames, type FrameSampling } from './choose-frames.ts';
import { corruptVideo, videoContainers } from './containers.ts';
import {
  assertFrameCount,
  assertFrameSize,
  assertVideoSeconds,
  assertVideoSize,
  type VideoLimits,
} from './limits.ts';

export interface VideoFrame {
  /** [size, size, 3], as `prepareImage` gives it. */
  readonly rgb: Uint8Array;
  readonly size: number;
  /** When it is first shown, from the first frame on. */
  readonly seconds: number;
}

export interface DecodedFrames {
  readonly frames: VideoFrame[];
  readonly seconds: number;
  readonly format: VideoFormat;
  /** Of a frame as it is shown: after rotation. */
  readonly width: number;
  readonly height: number;
  /** The file broke off or was damaged: the frames are from what is there. */
  readonly truncated: boolean;
}

export interface FrameOptions {
  readonly frames: number;
  readonly sampling: FrameSampling;
  readonly size: number;
  readonly limits: VideoLimits;
}

/** The packets of the video track, in the order they are decoded. */
interface Scan {
  /** Seconds. */
  readonly times: number[];
  readonly keys: boolean[];
  /** False for what is only decoded so that others can be: what an edit list cuts away. */
  readonly shown: boolean[];
  readonly seconds: number;
  readonly truncated: boolean;
}

const packetFlag = { key: 1, corrupt: 2, discard: 4 } as const;
/** A video shorter than declared by more than this was cut off. */
const slackSeconds = 0.5;

/** Decodes the wanted frames of an MP4, QuickTime, WebM, Matroska or GIF file. Throws `MediaError`. */
export function decodeFrames(
  module: DecoderModule,
  bytes: Uint8Array,
  format: VideoFormat,
  options: FrameOptions,
): DecodedFrames {
  assertVideoSize(bytes.length, options.limits);
  const { demuxer } = videoContainers[format];
  if (demuxer === 'webp') throw new RangeError('decodeFrames: WebP has a decoder of its own');
  // Outside of `try`: a decoder that does not start is no fault of the file.
  const reader = new FrameReader(module, bytes, format, demuxer, options);
  try {
    return reader.read();
  } catch (error) {
    if (error instanceof MediaError) throw error;
    // A trap or an abort of the decoder: nothing but this file brought it there.
    throw corruptVideo(format, 'it cannot be decoded', error);
  }
}

class FrameReader {
  readonly #decoder: Decoder;
  readonly #format: VideoFormat;
  readonly #demuxer: Demuxer;
  readonly #options: FrameOptions;
  #damaged = false;

  constructor(
    module: DecoderModule,
    bytes: Uint8Array,
    format: VideoFormat,
    demuxer: Demuxer,
    options: FrameOptions,
  ) {
    this.#decoder = new Decoder(module, bytes);
    this.#format = format;
    this.#demuxer = demuxer;
    this.#options = options;
  }

  read(): DecodedFrames {
    const { c } = this.#decoder;
    const { size, sampling, frames: wanted, limits } = this.#options;
    this.#open();
    assertFrameSize(c.media_width(), c.media_height(), limits);
    const orientation = c.media_orientation();
    const scan = this.#scan();
    // Packets come in the order of decoding; people see them in the order of their times.
    const order = scan.times.map((_, packet) => packet).filter((packet) => scan.shown[packet]);
    order.sort((a, b) => time(scan, a) - time(scan, b));
    const shown = order.map((packet) => time(scan, packet));
    const chosen = chooseFrames(shown, scan.seconds, wanted, sampling);
    const packets = [...new Set(chosen)].map((index) => order[index] ?? 0);
    const decoded = this.#decode(scan, packets, orientation);
    const frames: VideoFrame[] = [];
    let width = 0;
    let height = 0;
    for (const index of chosen) {
      const frame = decoded.get(order[index] ?? 0);
      if (!frame) continue;
      ({ width, height } = frame);
      frames.push({ rgb: frame.rgb, size, seconds: (shown[index] ?? 0) - (shown[0] ?? 0) });
    }
    if (frames.length === 0) throw corruptVideo(this.#format, 'no frame can be decoded');
    const truncated = scan.truncated || this.#damaged;
    return { frames, seconds: scan.seconds, format: this.#format, width, height, truncated };
  }

  #open(): void {
    const { maxPixels } = this.#options.limits;
    const opened = this.#decoder.open({ demuxer: this.#demuxer, kind: 'video', maxPixels });
    const { name } = videoContainers[this.#format];
    if (opened === status.noTrack) {
      throw new MediaError('no_video_track', `The ${name} file has no pictures in it.`);
    }
    if (opened === status.unsupported) {
      throw new MediaError(
        'unsupported_video_format',
        `${name} files with ${this.#decoder.codec()} are not supported; send H.264, H.265, VP8, VP9 or AV1.`,
      );
    }
    if (opened === status.tooLarge) {
      throw new MediaError('video_too_large', `The video's frames have more than ${maxPixels} pixels.`);
    }
    if (opened < 0) throw corruptVideo(this.#format, 'its header cannot be read');
  }

  /** Reads all packets and decodes none: which frames there are, whatever the header says. */
  #scan(): Scan {
    const { c } = this.#decoder;
    const { limits } = this.#options;
    const times: number[] = [];
    const keys: boolean[] = [];
    const shown: boolean[] = [];
    let truncated = false;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    let count = 0;
    while (c.media_scan() === status.frame) {
      const at = c.packet_time() / 1e6;
      const flags = c.packet_flags();
      if ((flags & packetFlag.corrupt) !== 0) {
        truncated = true;
        continue;
      }
      times.push(at);
      keys.push((flags & packetFlag.key) !== 0);
      shown.push((flags & packetFlag.discard) === 0);
      assertFrameCount(times.length, limits);
      if ((flags & packetFlag.discard) !== 0) continue;
      count++;
      first = Math.min(first, at);
      last = Math.max(last, at);
      end = Math.max(end, at + Math.max(0, c.packet_duration()) / 1e6);
    }
    truncated ||= c.media_broke() !== 0;
    if (count === 0) throw corruptVideo(this.#format, 'it has no frames');
    // Without a duration the last frame stands as long as the others do on average.
    if (end <= last && count > 1) end = last + (last - first) / (count - 1);
    const seconds = end - first;
    assertVideoSeconds(seconds, limits);
    truncated ||= seconds + slackSeconds < c.media_duration() / 1e6;
    return { times, keys, shown, seconds, truncated };
  }

  /** The frames of some packets, given in the order they are shown, each prepared. */
  #decode(scan: Scan, packets: readonly number[], orientation: number): Map<number, Prepared> {
    const { c } = this.#decoder;
    const decoded = new Map<number, Prepared>();
    this.#open();
    let reached = 0; // the packet that decoding began with, and has passed
    let ended = false;
    for (const packet of packets) {
      const key = keyBefore(scan, packet);
      // Seeking pays where the key frame is ahead; a GIF has no index to seek with.
      if (this.#demuxer !== 'gif' && (key > reached || ended)) {
        if (c.media_seek(time(scan, key) * 1e6) < 0) this.#open();
        reached = key;
        ended = false;
      }
      const target = time(scan, packet) * 1e6 - 1;
      for (;;) {
        const got = c.media_decode(target);
        if (got === status.end) {
          ended = true;
          break;
        }
        if (got === status.tooLarge) throw new DecoderAbort('The decoder has no memory left.');
        if (got !== status.frame || c.frame_corrupt() !== 0) this.#damaged = true;
        if (got !== status.frame || c.frame_time() < target) continue;
        decoded.set(packet, this.#prepare(orientation));
        break;
      }
      reached = Math.max(reached, packet);
    }
    return decoded;
  }

  #prepare(orientation: number): Prepared {
    const pixels = this.#decoder.pixels();
    // A stream may change its size on the way.
    assertFrameSize(pixels.width, pixels.height, this.#options.limits);
    const { width, height, rgb } = applyOrientation(flatten(pixels, 'white'), orientation);
    const { size } = this.#options;
    return { width, height, rgb: resizeBicubic(rgb, width, height, size, size) };
  }
}

interface Prepared {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const time = (scan: Scan, packet: number): number => scan.times[packet] ?? 0;

/**
 * The last key frame up to a packet that is not shown after it; the first packet when there is none. In open groups of
 * pictures some that follow a key frame are shown before it, and are built on what lies before it, too.
 */
function keyBefore(scan: Scan, packet: number): number {
  for (let at = packet; at > 0; at--) if (scan.keys[at] && time(scan, at) <= time(scan, packet)) return at;
  return 0;
}
