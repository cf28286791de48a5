/** Voices for tests, without an engine, and a model that understands them: a wave's length says which words it stands for. */
import type { Voice } from '../data/speech/voices.ts';
import type { Answerer, AskedMessage, HeardToken } from './answerer.ts';
import type { SpeechEvaluationData } from './speech/data.ts';

const voice = (id: string, engine: Voice['engine'], language: Voice['language']): Voice => ({
  id,
  engine,
  language,
});

export interface DrawnVoices extends SpeechEvaluationData {
  /** What a wave says, and whether there is noise in it. */
  understood(wave: Float32Array): { text: string; isNoisy: boolean };
}

/** Two held-out voices and one that was heard, of each language. */
export function drawnVoices(): DrawnVoices {
  const said: string[] = [];
  const amplitude = 0.25;
  return {
    voices: {
      heldOut: {
        en: [voice('flite:new', 'flite', 'en'), voice('gnuspeech:new', 'gnuspeech', 'en')],
        zh: [voice('espeak:new', 'espeak', 'zh'), voice('espeak:newer', 'espeak', 'zh')],
      },
      choosing: { en: [voice('espeak:odd', 'espeak', 'en')], zh: [voice('espeak:odd', 'espeak', 'zh')] },
      heard: { en: [voice('flite:old', 'flite', 'en')], zh: [voice('espeak:old', 'espeak', 'zh')] },
    },
    async speak(text) {
      said.push(text);
      return new Float32Array(1600 + said.length).map((_, at) => (at % 2 === 0 ? amplitude : -amplitude));
    },
    understood(wave) {
      const isNoisy = wave.some((value) => Math.abs(value) !== amplitude);
      return { text: said[wave.length - 1601] ?? '', isNoisy };
    },
  };
}

/** A model that takes pictures, clips and speech, and answers what it is told to. */
export function mediaAnswerer(answer: (message: AskedMessage) => string): Answerer {
  const pieces = async function* (message: AskedMessage) {
    yield { type: 'start' as const };
    yield { type: 'text' as const, text: answer(message) };
  };
  return {
    model: { id: 'scripted', imageSize: 16, video: { frames: 4, size: 16 }, speech: { maxSeconds: 10 } },
    async *generate({ messages: [message] }) {
      if (!message) throw new Error('nothing was asked');
      yield* pieces(message);
      yield { type: 'end' };
    },
    async *transcribe({ samples, prompt }) {
      const speech = [{ samples, sampleRateHz: 16_000 as const }];
      yield* pieces({ role: 'user', text: prompt, images: [], videos: [], speech });
      const tokens: HeardToken[] = [{ text: 'all', startSeconds: 0, endSeconds: samples.length / 16_000 }];
      yield { type: 'end', tokens };
    },
  };
}
