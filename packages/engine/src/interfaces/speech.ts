/** Speech: features, an encoder that fires an embedding for each token, and what makes rows of those. */
import { createHash } from 'node:crypto';
import type { SpeechInterface } from '@x-llm/checkpoint';
import type { Features } from '@x-llm/media';
import { Batcher } from '../batcher.ts';
import { EngineError } from '../error.ts';
import type { SpeechInput } from '../types.ts';
import type { Encoded, InterfaceContext, MediaInterface, ModalityDefinition } from './interface.ts';
import { createSpeechFeatures, type SpeechFeatures } from './speech-features.ts';
import { SpeechSessions } from './speech-sessions.ts';

/** Utterances encoded in one run, at most: attention's memory grows with the square of the longest. */
const maxBatch = 4;

export const speech: ModalityDefinition = {
  field: 'speech',
  async load(context) {
    const manifest = context.bundle.manifest.interfaces.speech;
    if (!manifest) return undefined;
    return new SpeechReader(manifest, await SpeechSessions.load(manifest, context), context);
  },
};

class SpeechReader implements MediaInterface {
  readonly #preprocessing: SpeechInterface['preprocessing'];
  readonly #sessions: SpeechSessions;
  readonly #context: InterfaceContext;
  readonly #features: SpeechFeatures;
  readonly #batcher: Batcher<Features, Encoded | EngineError>;
  /** What one frame that the encoder puts out needs. */
  readonly #leastSamples: number;

  constructor(manifest: SpeechInterface, sessions: SpeechSessions, context: InterfaceContext) {
    this.#preprocessing = manifest.preprocessing;
    this.#sessions = sessions;
    this.#context = context;
    this.#features = createSpeechFeatures(manifest.preprocessing);
    this.#batcher = new Batcher((utterances) => sessions.encode(utterances), maxBatch);
    this.#leastSamples = samplesFor(sessions.leastFeatures);
  }

  items({ speech: given }: { readonly speech: readonly SpeechInput[] }, place: string) {
    return given.map((one, at) => {
      this.#check(one, `${place}.speech[${at}]`);
      return { modality: 'speech' as const, leastRows: 0, encode: () => this.#encode(one.samples) };
    });
  }

  #check({ samples, sampleRateHz }: SpeechInput, place: string): void {
    const { sampleRateHz: rate, maxSeconds } = this.#preprocessing;
    const refuse = (what: string): never => {
      throw new EngineError('invalid_audio', `${place}: ${what}`, { param: place });
    };
    if (sampleRateHz !== rate) refuse(`expected ${rate} samples a second, got ${sampleRateHz}`);
    const seconds = (count: number) => `${count / rate} s`;
    if (samples.length < this.#leastSamples) {
      refuse(`${seconds(samples.length)} are too short: at least ${seconds(this.#leastSamples)} are needed`);
    }
    if (samples.length > maxSeconds * rate) {
      refuse(`${seconds(samples.length)} are too long: this model listens for ${maxSeconds} s at most`);
    }
    const wrong = samples.findIndex((sample) => !Number.isFinite(sample));
    if (wrong >= 0) refuse(`sample ${wrong} is ${samples[wrong]}, no finite number`);
  }

  async #encode(samples: Float32Array): Promise<Encoded> {
    const { cache, hiddenSize } = this.#context;
    const key = `speech:${createHash('sha256').update(samples).digest('base64')}`;
    const mostBytes =
      this.#sessions.mostRows(featuresOf(samples.length)) * hiddenSize * Float32Array.BYTES_PER_ELEMENT;
    return cache.get(key, mostBytes, async () => {
      const encoded = await this.#batcher.add(await this.#features.of(samples));
      if (encoded instanceof EngineError) throw encoded;
      return encoded;
    });
  }

  [Symbol.dispose](): void {
    void this.#features.close();
    this.#sessions[Symbol.dispose]();
  }
}

/** Features are of 25 ms, every 10 ms. */
const featuresOf = (samples: number): number => 1 + Math.floor((samples - 400) / 160);
const samplesFor = (features: number): number => 400 + 160 * (features - 1);
