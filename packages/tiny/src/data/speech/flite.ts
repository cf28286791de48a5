/** CMU Flite (Echogarden's WASI build): a program that is run once per utterance and writes a WAV file. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { decodeWav } from '@x-llm/media';
import { type SpeechEngine, SpeechEngineError } from './engine.ts';

/** The types of Node.js leave it out. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    compile(bytes: Uint8Array): Promise<object>;
    Instance: new (program: object, imports: object) => object;
  };
};

/** Its voices speak about as fast as eSpeak NG at this many words per minute. */
const usualWordsPerMinute = 170;

/** Middle and spread of the pitch that each voice has by itself, in Hz. */
const pitches: Readonly<Record<string, readonly [mean: number, deviation: number]>> = {
  kal: [95, 11],
  kal16: [95, 11],
  awb: [130, 20],
  rms: [100, 12],
  slt: [180, 25],
};

/** By which a WASI program knows the first folder it is given. */
const folderDescriptor = 3;

/** The program's exit code. Node.js never closes the folder by itself, not even when all else is collected. */
function runOnce(wasi: WASI, instance: object): number {
  try {
    return wasi.start(instance);
  } finally {
    wasi.wasiImport['fd_close'](folderDescriptor);
  }
}

/** `folder`: of the unpacked package. The engine keeps nothing between utterances. */
export async function openFlite(folder: string): Promise<SpeechEngine> {
  const program = await WebAssembly.compile(await readFile(join(folder, 'flite.wasm')));
  return {
    speak(text, voice, manner) {
      const [mean, deviation] = pitches[voice] ?? [];
      if (mean === undefined || deviation === undefined) {
        throw new SpeechEngineError(
          `Flite has no voice '${voice}': there are ${Object.keys(pitches).join(', ')}`,
        );
      }
      const features = {
        duration_stretch: usualWordsPerMinute / manner.wordsPerMinute,
        int_f0_target_mean: mean * 2 ** (manner.pitch / 2),
        int_f0_target_stddev: deviation * 2 ** manner.liveliness,
      };
      const settings = Object.entries(features).flatMap(([name, value]) => [
        '--setf',
        `${name}=${value.toFixed(3)}`,
      ]);
      const scratch = mkdtempSync(join(tmpdir(), 'flite-'));
      const log = openSync(join(scratch, 'log'), 'w');
      try {
        const wasi = new WASI({
          version: 'preview1',
          args: ['flite', '-voice', voice, ...settings, '-t', text, '-o', 'speech.wav'],
          preopens: { '.': scratch },
          returnOnExit: true,
          stdout: log,
          stderr: log,
        });
        const instance = new WebAssembly.Instance(program, { wasi_snapshot_preview1: wasi.wasiImport });
        const code = runOnce(wasi, instance);
        if (code !== 0) throw new SpeechEngineError(`Flite ended with ${code}`);
        return decodeWav(readFileSync(join(scratch, 'speech.wav')));
      } finally {
        closeSync(log);
        rmSync(scratch, { recursive: true, force: true });
      }
    },
  };
}
