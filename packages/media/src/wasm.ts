import jpegCodec from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import webpCodec from '@jsquash/webp/codec/dec/webp_dec.js';
import { MediaError } from './error.ts';
import { corrupt, type ImageInfo } from './formats/format.ts';
import { decodeGif } from './formats/gif/decode.ts';
import { formats } from './formats/index.ts';
import { decodePng } from './formats/png/decode.ts';
import { createImageDecoder, type ImageDecoder } from './prepare.ts';

/** The part of `WebAssembly` used here, spelt out so that no platform's type library is needed. */
declare const WebAssembly: { Instance: new (module: object, imports: object) => { exports: object } };

/** Compiled `WebAssembly.Module`s of the codecs; Workers forbid compiling at run time. */
export interface WasmModules {
  jpeg: object;
  webp: object;
}

interface Codec {
  /** The bindings count their arguments: JPEG takes `preserveOrientation` as well, WebP must not. */
  decode(
    ...parameters: [data: Uint8Array] | [data: Uint8Array, preserveOrientation: boolean]
  ): { width: number; height: number; data: Uint8ClampedArray } | null;
}
type CodecFactory = (options: object) => Promise<Codec>;

/**
 * A fresh instance per picture: what one picture leaves in the codec's memory never meets the next,
 * and memory goes back when it is done (WebAssembly memory only ever grows).
 */
async function instantiate(factory: CodecFactory, module: object): Promise<Codec> {
  return factory({
    noInitialRun: true,
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm(imports: object, receive: (instance: object) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      receive(instance);
      return instance.exports;
    },
  });
}

/**
 * Whether this decoder can open a picture that passed `inspectImage`. CMYK JPEG and animated WebP
 * need libvips: hand them on as uploaded.
 */
export function canDecode(info: ImageInfo): boolean {
  return !info.cmyk && !(info.format === 'webp' && info.animated);
}

/** Decoding without native code: JPEG and WebP by WebAssembly, PNG and GIF in TypeScript. */
export function createWasmDecoder(modules: WasmModules): ImageDecoder {
  const codecs: { [format in 'jpeg' | 'webp']: CodecFactory } = {
    jpeg: jpegCodec as unknown as CodecFactory,
    webp: webpCodec as unknown as CodecFactory,
  };
  return createImageDecoder(async (bytes, info, limits) => {
    if (!canDecode(info)) {
      throw new MediaError(
        'unsupported_image_media_type',
        info.cmyk ? 'CMYK JPEG is not decoded here.' : 'Animated WebP is not decoded here.',
      );
    }
    if (info.format === 'gif') return decodeGif(bytes, limits);
    if (info.format === 'png') return decodePng(bytes);
    const { mediaType } = formats[info.format];
    let decoded: ReturnType<Codec['decode']>;
    try {
      const codec = await instantiate(codecs[info.format], modules[info.format]);
      decoded = info.format === 'jpeg' ? codec.decode(bytes, false) : codec.decode(bytes);
    } catch (cause) {
      throw corrupt(mediaType, 'it cannot be decoded', cause);
    }
    if (!decoded) throw corrupt(mediaType, 'it cannot be decoded');
    const { width, height, data } = decoded;
    if (width !== info.width || height !== info.height) {
      throw corrupt(mediaType, `it is ${width}×${height}, not ${info.width}×${info.height}`);
    }
    return {
      width,
      height,
      channels: 4,
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    };
  });
}
