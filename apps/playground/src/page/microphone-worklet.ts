// Runs beside the page, in the thread of the sound: passes on what the microphone hears.

// TypeScript knows the page's side only.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** A message for each of the 128 samples' blocks would be hundreds a second. */
const chunkSamples = 1024;

class Microphone extends AudioWorkletProcessor {
  #chunk = new Float32Array(chunkSamples);
  #filled = 0;

  process([input]: Float32Array[][]): boolean {
    const block = input?.[0];
    if (block === undefined) return true;
    this.#chunk.set(block, this.#filled);
    this.#filled += block.length;
    if (this.#filled >= chunkSamples) {
      this.port.postMessage(this.#chunk, [this.#chunk.buffer]);
      this.#chunk = new Float32Array(chunkSamples);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('microphone', Microphone);
