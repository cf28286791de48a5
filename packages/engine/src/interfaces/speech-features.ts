/**
 * Features of speech are made in a thread: those of 30 s take longer than all answers being written may stand still for.
 */
import type { SpeechInterface } from '@x-llm/checkpoint';
import type { Features } from '@x-llm/media';
import { Piscina } from 'piscina';

type Preprocessing = Pick<SpeechInterface['preprocessing'], 'melBins' | 'window' | 'cmvn'>;

export interface FeaturesTask extends Preprocessing {
  readonly samples: Float32Array;
}

export interface SpeechFeatures {
  /** [frames, melBins]; the samples are copied. */
  of(samples: Float32Array): Promise<Features>;
  close(): Promise<void>;
}

/** The thread starts with the first speech, and ends when there was none for a minute. */
export function createSpeechFeatures({ melBins, window, cmvn }: Preprocessing): SpeechFeatures {
  let started: Piscina<FeaturesTask, Features> | undefined;
  const pool = () =>
    (started ??= new Piscina({
      filename: new URL('./speech-features-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 60_000,
      maxQueue: Number.POSITIVE_INFINITY, // those who hold a slot are few
    }));
  return {
    of: (samples) => pool().run({ samples, melBins, window, cmvn }),
    close: async () => started?.destroy(),
  };
}
