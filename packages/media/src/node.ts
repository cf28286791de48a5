import sharp, { type OutputInfo } from 'sharp';
import { MediaError } from './error.ts';
import { corrupt, type ImageInfo } from './formats/format.ts';
import { decodeGif } from './formats/gif/decode.ts';
import { formats } from './formats/index.ts';
import type { ImageLimits } from './limits.ts';
import { cmykToRgb, type Pixels } from './pixels.ts';
import { createImageDecoder } from './prepare.ts';

/** No honest picture within the limits takes this long; a hostile one must not hold a thread. */
const timeoutSeconds = 20;

async function decodePixels(bytes: Uint8Array, info: ImageInfo, limits: ImageLimits): Promise<Pixels> {
  // sharp blanks the colour under a GIF's transparent pixels; ours keeps it and is the same everywhere.
  if (info.format === 'gif') return decodeGif(bytes, limits);
  let image = sharp(bytes, {
    // Stricter levels refuse slightly damaged pictures that every browser shows.
    failOn: 'error',
    limitInputPixels: limits.maxPixels,
    sequentialRead: true,
    // Colour profiles are not applied: neither the reference nor the Worker's decoders do.
    ignoreIcc: true,
  }).timeout({ seconds: timeoutSeconds });
  image = info.cmyk ? image.pipelineColourspace('cmyk').toColourspace('cmyk') : image.toColourspace('srgb');
  let decoded: { data: Uint8Array; info: OutputInfo };
  try {
    decoded = await image.raw().toBuffer({ resolveWithObject: true });
  } catch (cause) {
    // Its text names internals (loaders, pages) that mean nothing to whoever sent the picture.
    throw corrupt(formats[info.format].mediaType, 'it cannot be decoded', cause);
  }
  const { width, height, channels } = decoded.info;
  if (width !== info.width || height !== info.height) {
    throw corrupt(
      formats[info.format].mediaType,
      `it is ${width}×${height}, not ${info.width}×${info.height}`,
    );
  }
  const data = new Uint8Array(decoded.data.buffer, decoded.data.byteOffset, decoded.data.length);
  if (info.cmyk) return { width, height, channels: 3, data: cmykToRgb(data) };
  if (channels !== 3 && channels !== 4) {
    throw new MediaError('image_parse_error', `The image has ${channels} channels; 3 or 4 are expected.`);
  }
  return { width, height, channels, data };
}

/** Decoding with libvips, off the event loop. */
export const { decodeImage, prepareImage } = createImageDecoder(decodePixels);
export type { DecodedAudio } from './audio/decode.ts';
export { type AudioInfo, inspectAudio, inspectVideo, type VideoInfo } from './inspect.ts';
export {
  type AudioOptions,
  decodeAudio,
  decodeSpeech,
  decodeVideo,
  type VideoOptions,
} from './node/decode.ts';
export type { DecodedVideo } from './node/task.ts';
export type { VideoFrame } from './video/decode.ts';
