/**
 * FFmpeg's demuxers and decoders in WebAssembly (`wasm/decoder.c`). A decoder is one instance with a memory of its own
 * for one file: a file cannot reach beyond it, and its memory ends at the 640 MiB the module declares.
 */
import { ascii } from '../formats/format.ts';

/** The part of `WebAssembly` used here, spelt out so that no platform's type library is needed. */
declare const WebAssembly: {
  Instance: new (module: object, imports: object) => { exports: object };
  Module: { imports(module: object): { name: string }[] };
};

/** `wasm/decoder.wasm`, compiled: a `WebAssembly.Module`. */
export type DecoderModule = object;

/** In the order of the table in `decoder.c`. */
const demuxers = ['mov', 'matroska', 'ogg', 'mp3', 'flac', 'aac', 'gif'] as const;
export type Demuxer = (typeof demuxers)[number];

/** What `decoder.c` answers with. */
export const status = { end: 0, frame: 1, damaged: -1, noTrack: -2, unsupported: -3, tooLarge: -4 } as const;

/** The functions of `decoder.c`; its comments say what they do. Times in microseconds, −1 where not known. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  _initialize(): void;
  media_open(demuxer: number, sizeBytes: number, kind: number, mostPixels: number): number;
  media_codec(): number;
  media_width(): number;
  media_height(): number;
  media_duration(): number;
  media_orientation(): number;
  media_broke(): number;
  media_scan(): number;
  media_seek(time: number): number;
  media_decode(from: number): number;
  packet_time(): number;
  packet_duration(): number;
  packet_flags(): number;
  frame_time(): number;
  frame_width(): number;
  frame_height(): number;
  frame_sample_rate(): number;
  frame_samples(): number;
  frame_corrupt(): number;
  frame_mono(): number;
  frame_depth(): number;
  frame_rgb(): number;
}

export interface Track {
  readonly demuxer: Demuxer;
  readonly kind: 'audio' | 'video';
  /** Most pixels a frame may have. */
  readonly maxPixels: number;
}

/** Thrown for what the C code cannot go on from: no memory, a broken assertion. */
export class DecoderAbort extends Error {
  override readonly name = 'DecoderAbort';
}

/** WASI's error numbers. */
const errno = { success: 0, badFile: 8, noSuchCall: 52 } as const;

export class Decoder {
  readonly c: Exports;
  readonly #bytes: Uint8Array;

  constructor(module: DecoderModule, bytes: Uint8Array) {
    this.#bytes = bytes;
    let memory: Exports['memory'] | undefined;
    const read = (position: number, to: number, length: number): number => {
      const from = bytes.subarray(position, position + length);
      if (memory) new Uint8Array(memory.buffer).set(from, to);
      return from.length;
    };
    const { exports } = new WebAssembly.Instance(module, {
      host: { read },
      wasi_snapshot_preview1: systemCalls(module),
    });
    this.c = exports as Exports;
    memory = this.c.memory;
    this.c._initialize();
  }

  /** Opens the first track of a kind; a `status`. */
  open({ demuxer, kind, maxPixels }: Track): number {
    const { c } = this;
    return c.media_open(demuxers.indexOf(demuxer), this.#bytes.length, kind === 'video' ? 1 : 0, maxPixels);
  }

  /** The name of the track's codec, as FFmpeg has it. */
  codec(): string {
    const at = this.c.media_codec();
    const memory = new Uint8Array(this.c.memory.buffer);
    return ascii(memory, at, memory.indexOf(0, at) - at);
  }

  /** A copy of the frame's samples [n], its channels mixed to their mean. */
  mono(): Float32Array {
    const count = this.c.frame_samples();
    const at = this.c.frame_mono();
    if (at === 0) throw new DecoderAbort('The samples have no form that is known.');
    return new Float32Array(this.c.memory.buffer, at, count).slice();
  }

  /** The frame's pixels in the decoder's own memory: valid until its next call. */
  pixels(): { width: number; height: number; channels: 3 | 4; data: Uint8Array } {
    const width = this.c.frame_width();
    const height = this.c.frame_height();
    const channels = this.c.frame_depth() === 4 ? 4 : 3;
    const at = this.c.frame_rgb();
    if (at === 0) throw new DecoderAbort('The frame cannot be turned into RGB.');
    return {
      width,
      height,
      channels,
      data: new Uint8Array(this.c.memory.buffer, at, width * height * channels),
    };
  }
}

/** No files, no environment, no clock: whatever the C library asks of a system is refused. */
function systemCalls(module: DecoderModule): Record<string, (...args: number[]) => number> {
  const calls: Record<string, (...args: number[]) => number> = {};
  for (const { name } of WebAssembly.Module.imports(module)) calls[name] = () => errno.noSuchCall;
  // What starting up cannot do without: an environment of no variables (memory begins as zeros), no open folders.
  calls['environ_sizes_get'] = calls['environ_get'] = () => errno.success;
  calls['fd_prestat_get'] = () => errno.badFile;
  calls['proc_exit'] = (code) => {
    throw new DecoderAbort(`The decoder gave up (${code}).`);
  };
  return calls;
}
