/** Opens engines as voices ask for them, and replaces one that crashed. */
import type { Waveform } from '@x-llm/media';
import { type Manner, type SpeechEngine, SpeechEngineError } from './engine.ts';
import { openEspeak } from './espeak.ts';
import { openFlite } from './flite.ts';
import { splitVoice } from './voices.ts';

/** Opens an engine in the folder of its package. */
export type OpenEngine = (folder: string) => Promise<SpeechEngine>;

export const trainingEngines = { espeak: openEspeak, flite: openFlite } as const satisfies Record<
  string,
  OpenEngine
>;

export class Engines {
  readonly #folders: Readonly<Record<string, string>>;
  readonly #open: Readonly<Record<string, OpenEngine>>;
  readonly #opened = new Map<string, SpeechEngine>();

  /** `folders`: where the package of each engine is unpacked. */
  constructor(
    folders: Readonly<Record<string, string>>,
    open: Readonly<Record<string, OpenEngine>> = trainingEngines,
  ) {
    this.#folders = folders;
    this.#open = open;
  }

  /** Says the text. @throws if the engine crashed or cannot say it; the next call gets a new engine. */
  async speak(text: string, voice: string, manner: Manner): Promise<Waveform> {
    const { engine: id, name } = splitVoice(voice);
    const open = this.#open[id];
    const folder = this.#folders[id];
    if (!open || folder === undefined)
      throw new SpeechEngineError(`there is no speech engine for '${voice}'`);
    let engine = this.#opened.get(id);
    if (!engine) {
      engine = await open(folder);
      this.#opened.set(id, engine);
    }
    try {
      return engine.speak(text, name, manner);
    } catch (error) {
      // What the engine refuses leaves it as it was; anything else is a crash.
      if (!(error instanceof SpeechEngineError)) this.#opened.delete(id);
      throw error;
    }
  }
}
