/** GnuSpeech (Echogarden's WebAssembly build): a waveguide in the shape of a vocal tract. English only. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeWav } from '@x-llm/media';
import { createRandom, seedOf } from '@x-llm/train';
import { type SpeechEngine, SpeechEngineError } from '../../data/speech/engine.ts';

interface Module {
  readonly FS: {
    readFile(path: string): Uint8Array;
    writeFile(path: string, data: Uint8Array | string): void;
  };
  readonly HEAPU8: Uint8Array;
  _malloc(sizeBytes: number): number;
  _free(pointer: number): void;
  _GnuSpeech_synthesizeToFile(
    text: number,
    sound: number,
    folder: number,
    parameters: number,
    debug: number,
  ): void;
}

const folderInside = '/data/en';
const settingsFile = `${folderInside}/trm_control_model.txt`;

/** It speaks about as fast as eSpeak NG at this many words per minute. */
const usualWordsPerMinute = 170;

/** `folder`: of the unpacked package. Voices: male, female, large_child, small_child, baby. */
export async function openGnuSpeech(folder: string): Promise<SpeechEngine> {
  const url = pathToFileURL(join(folder, 'wasm', 'gnuspeech.js')).href;
  const { default: create } = (await import(url)) as {
    default: (options: { print: () => void; printErr: () => void }) => Promise<Module>;
  };
  const module = await create({ print: () => {}, printErr: () => {} });
  const usual = new TextDecoder().decode(module.FS.readFile(settingsFile));
  const store = (text: string): number => {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const pointer = module._malloc(bytes.length);
    module.HEAPU8.set(bytes, pointer);
    return pointer;
  };
  return {
    speak(text, voice, manner) {
      if (!/^(male|female|large_child|small_child|baby)$/.test(voice)) {
        throw new SpeechEngineError(`GnuSpeech has no voice '${voice}'`);
      }
      const settings = usual
        .replace(/^voice_name = .*$/m, `voice_name = ${voice}`)
        .replace(/^tempo = .*$/m, `tempo = ${(manner.wordsPerMinute / usualWordsPerMinute).toFixed(3)}`)
        .replace(/^pitch_offset = .*$/m, `pitch_offset = ${(-4 + 6 * manner.pitch).toFixed(2)}`);
      module.FS.writeFile(settingsFile, settings);
      module.FS.writeFile('/speech.wav', ''); // not the last one's, should it fail
      const pointers = [text, '/speech.wav', folderInside, '/parameters.txt'].map(store);
      const [words = 0, sound = 0, data = 0, parameters = 0] = pointers;
      withChanceOf(text, () => module._GnuSpeech_synthesizeToFile(words, sound, data, parameters, 0));
      for (const pointer of pointers) module._free(pointer);
      return decodeWav(module.FS.readFile('/speech.wav'));
    },
  };
}

/**
 * Its intonation drifts by random numbers that it seeds from the system, so that no two evaluations would hear the same.
 * While `work` runs, the system gives what the text draws.
 */
function withChanceOf(text: string, work: () => void): void {
  const random = createRandom(seedOf('gnuspeech', text));
  Object.defineProperty(crypto, 'getRandomValues', {
    configurable: true,
    value: (view: ArrayBufferView) => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      for (let at = 0; at < bytes.length; at++) bytes[at] = random.integer(256);
      return view;
    },
  });
  try {
    work();
  } finally {
    Reflect.deleteProperty(crypto, 'getRandomValues'); // that of its class is there again
  }
}
