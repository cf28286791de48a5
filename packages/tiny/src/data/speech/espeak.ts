/**
 * eSpeak NG in JavaScript (Echogarden's Emscripten build). Chinese goes in as characters: this build has the dictionary
 * for them, and says 银行 and 长颈鹿 as the pinyin would be.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Manner, type SpeechEngine, SpeechEngineError } from './engine.ts';

/** The part of the module that is used. Integers run from 0 to 99, 50 being the middle, except the rate. */
interface Worker {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(pitch: number): void;
  set_range(range: number): void;
  synthesize(text: string, heard: (samples: Int16Array | null) => void): void;
  synthesize_ipa(text: string): { code: number; ipa: string };
}
interface Module {
  eSpeakNGWorker: new () => Worker;
}

const sampleRateHz = 22_050;

/** It reads SSML. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

async function openWorker(folder: string): Promise<Worker> {
  const url = pathToFileURL(join(folder, 'espeak-ng.js')).href;
  const { default: create } = (await import(url)) as { default: () => Promise<Module> };
  const module = await create();
  return atOneTime(() => new module.eSpeakNGWorker());
}

/** eSpeak NG seeds its breath with the time at which it begins: always the same one here, and so is what it says first. */
function atOneTime<T>(work: () => T): T {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

/** Gives the phonemes of a text in the voice of a language: in IPA, with `_` between those of a word. */
export async function openPhonemizer(folder: string): Promise<(text: string, voice: string) => string> {
  const worker = await openWorker(folder);
  let current = '';
  return (text, voice) => {
    if (voice !== current) worker.set_voice(voice);
    current = voice;
    const { code, ipa } = worker.synthesize_ipa(escaped(text));
    if (code !== 0) throw new SpeechEngineError(`eSpeak NG gives no phonemes for “${text}”`);
    return ipa;
  };
}

/** The voice's name is a language with a variant, as in `en-us+f2`. `folder`: of the unpacked package. */
export async function openEspeak(folder: string): Promise<SpeechEngine> {
  const worker = await openWorker(folder);
  let current = '';
  return {
    speak(text, voice, manner: Manner) {
      if (voice !== current) {
        if (worker.set_voice(voice) !== 0) throw new SpeechEngineError(`eSpeak NG has no voice '${voice}'`);
        current = voice;
      }
      worker.set_rate(Math.round(manner.wordsPerMinute));
      worker.set_pitch(Math.round(50 + 49 * manner.pitch));
      worker.set_range(Math.round(50 + 49 * manner.liveliness));
      const parts: Int16Array[] = [];
      worker.synthesize(escaped(text), (samples) => {
        if (samples && samples.length > 0) parts.push(samples.slice());
      });
      const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) for (const sample of part) samples[at++] = sample / 32_768;
      return { samples, sampleRateHz };
    },
  };
}
