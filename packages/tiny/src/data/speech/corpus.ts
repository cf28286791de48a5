/** Reads what synthesise.ts made. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Language } from '../world.ts';
import { melBins, readShard, shardPaths } from './layout.ts';
import type { SpeechFamily } from './plan.ts';

export interface Utterance {
  readonly text: string;
  readonly language: Language;
  /** `espeak:en-us+f2`, `flite:awb`. */
  readonly voice: string;
  /** Frames of 10 ms. */
  readonly frames: number;
}

export interface SpeechCorpus extends AsyncDisposable {
  readonly utterances: readonly Utterance[];
  /** Log mel energies of an utterance, [frames, 80]; the caller's to change. @throws RangeError if there is none. */
  read(index: number): Promise<Float32Array>;
}

/**
 * The finished shards of a family; features stay on disk until they are read.
 *
 *     await using speech = await openSpeech('training', '.xllm/runs/tiny/speech');
 *     const features = await speech.read(0); // [speech.utterances[0].frames, 80]
 *
 * @throws if there are none.
 */
export async function openSpeech(family: SpeechFamily, directory: string): Promise<SpeechCorpus> {
  const utterances: Utterance[] = [];
  const places: { file: FileHandle; offset: number }[] = [];
  const files: FileHandle[] = [];
  for (let shard = 0; ; shard++) {
    const found = await readShard(directory, family, shard);
    if (!found) break;
    const file = await open(shardPaths(directory, family, shard).data);
    files.push(file);
    for (const { text, language, voice, frames, offset } of found.entries) {
      utterances.push({ text, language, voice, frames });
      places.push({ file, offset });
    }
  }
  if (utterances.length === 0)
    throw new Error(`there is no ${family} speech in ${directory}: synthesise it first`);
  return {
    utterances,
    async read(index) {
      const place = places[index];
      const frames = utterances[index]?.frames;
      if (!place || frames === undefined) throw new RangeError(`there is no utterance ${index}`);
      const halves = new Float16Array(frames * melBins);
      const { bytesRead } = await place.file.read(halves, 0, halves.byteLength, place.offset);
      if (bytesRead !== halves.byteLength) throw new Error(`utterance ${index}: the shard is cut off`);
      return Float32Array.from(halves);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(files.map((file) => file.close()));
    },
  };
}
