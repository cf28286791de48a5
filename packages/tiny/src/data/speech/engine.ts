/** What a speech engine does, whichever it is: text in, sound out, at the engine's own sample rate. */
import type { Waveform } from '@x-llm/media';

/** How something is said. */
export interface Manner {
  /** 175 is an unhurried reader. */
  readonly wordsPerMinute: number;
  /** −1 (low for this voice) … 1 (high), 0 as the voice is; from 1 on it is another speaker's. */
  readonly pitch: number;
  /** −1 (flat) … 1 (lively), 0 as the voice is: how far the pitch moves. */
  readonly liveliness: number;
}

export interface SpeechEngine {
  /**
   * Says the text; synchronous. A crash inside the engine is thrown, after which the engine must not be used again.
   *
   *     engine.speak('It is a red apple.', 'en-us+f2', { wordsPerMinute: 170, pitch: 0, liveliness: 0 })
   */
  speak(text: string, voice: string, manner: Manner): Waveform;
}

export class SpeechEngineError extends Error {
  override name = 'SpeechEngineError';
}
