/** Media files as the encoders take them. */
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Features, fbank, inspectImage, normaliseUtterance, uniformFrames } from '@x-llm/media';
import { decodeSpeech, decodeVideo, prepareImage } from '@x-llm/media/node';
import type { ImageParts, SpeechParts, VideoParts } from './base.ts';
import { contentHash } from './feature-cache.ts';

/** A larger file is no picture, sentence or clip to learn from. */
const mostBytes = 512 * 1024 * 1024;

/** The bytes of a medium: a file, or the files of a folder of frames in the order of their names. */
export async function mediaBytes(path: string): Promise<Buffer[]> {
  const found = await stat(path);
  if (!found.isDirectory()) {
    if (found.size > mostBytes) throw new RangeError(`it has ${found.size} bytes; ${mostBytes} are the most`);
    return [await readFile(path)];
  }
  const entries: Dirent[] = await readdir(path, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const names = files.map(({ name }) => name).sort();
  if (names.length === 0) throw new RangeError('the folder of frames is empty');
  return Promise.all(names.map((name) => readFile(join(path, name))));
}

export const hashOf = (bytes: readonly Uint8Array[]): string =>
  bytes.length === 1 ? contentHash(...bytes) : contentHash(...bytes.map((one) => contentHash(one)));

/** size · size · 3 bytes. Throws MediaError. */
export async function readPicture(
  [bytes = new Uint8Array(), ...more]: readonly Uint8Array[],
  { manifest }: ImageParts,
): Promise<Uint8Array> {
  if (more.length > 0) throw new RangeError('a folder is no picture');
  return prepareImage(bytes, { size: manifest.preprocessing.size });
}

/** The frames that are looked at, each as a picture: of a video or an animation, or of a folder of pictures. */
export async function readFrames(
  bytes: readonly Uint8Array[],
  image: ImageParts,
  { manifest }: VideoParts,
): Promise<Uint8Array[]> {
  const { size } = image.manifest.preprocessing;
  const { count, sampling } = manifest.frames;
  const [only = new Uint8Array()] = bytes;
  if (bytes.length === 1 && !isStill(only)) {
    const { frames } = await decodeVideo(only, { frames: count, sampling, size });
    return frames.map(({ rgb }) => rgb);
  }
  const chosen = uniformFrames(bytes.length, count).flatMap((at) => bytes[at] ?? []);
  return Promise.all(chosen.map((frame) => prepareImage(frame, { size })));
}

/** A folder may hold one frame. */
function isStill(bytes: Uint8Array): boolean {
  try {
    return ['png', 'jpeg'].includes(inspectImage(bytes).format);
  } catch {
    return false; // or a picture that cannot be read, of which the decoder of videos says so
  }
}

/** Log mel energies [frames, melBins], not normalised. Throws an error for speech that is too long or too short. */
export async function readSpeechEnergies(
  [bytes = new Uint8Array()]: readonly Uint8Array[],
  { manifest, encoder }: SpeechParts,
): Promise<Features> {
  const { melBins, window = 'povey', maxSeconds, sampleRateHz } = manifest.preprocessing;
  const { samples, seconds } = await decodeSpeech(bytes);
  if (samples.length > maxSeconds * sampleRateHz) {
    throw new RangeError(`it lasts ${seconds.toFixed(1)} s; the model listens for ${maxSeconds} s`);
  }
  if (samples.length < 400 || encoder.frames(1 + Math.floor((samples.length - 400) / 160)) < 1) {
    throw new RangeError(`it lasts ${seconds.toFixed(3)} s, which is too short to hear anything`);
  }
  return fbank(samples, { window, melBins });
}

/** As the engine gives them to the encoder. */
export const normalisedAs = ({ manifest }: SpeechParts, energies: Features): Features =>
  manifest.preprocessing.cmvn === 'utterance' ? normaliseUtterance(energies) : energies;

/** Log mel energies of a noise of any length, [frames, melBins]. */
export async function readNoise(path: string, { manifest }: SpeechParts): Promise<Float32Array> {
  const { melBins, window = 'povey' } = manifest.preprocessing;
  const [bytes = new Uint8Array()] = await mediaBytes(path);
  const { samples } = await decodeSpeech(bytes);
  const { data } = fbank(samples, { window, melBins });
  if (data.length === 0) throw new RangeError('it is too short');
  return data;
}

/** In words, for a person. */
export const whyUnreadable = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
