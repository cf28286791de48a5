/** Engines over random bundles, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalEngine } from '../engine.ts';
import { loadEngine } from '../load.ts';
import type { EngineOptions } from '../options.ts';
import type {
  EngineMessage,
  GenerateEvent,
  GenerateRequest,
  ImageInput,
  SpeechInput,
  VideoInput,
} from '../types.ts';
import { type RandomBundleOptions, writeRandomBundle } from './random-bundle.ts';

export interface TestEngine extends AsyncDisposable {
  readonly engine: LocalEngine;
  readonly dir: string;
}

export async function startEngine(
  options: EngineOptions = {},
  bundle: RandomBundleOptions = {},
): Promise<TestEngine> {
  const dir = await mkdtemp(join(tmpdir(), 'xllm-engine-'));
  await writeRandomBundle(dir, bundle);
  const engine = await loadEngine(dir, options);
  return {
    engine,
    dir,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await rm(dir, { recursive: true });
    },
  };
}

export const user = (
  text: string,
  images: ImageInput[] = [],
  { videos = [], speech = [] }: { videos?: VideoInput[]; speech?: SpeechInput[] } = {},
): EngineMessage => ({ role: 'user', text, images, videos, speech });

/** A picture whose pixels depend on `seed`. */
export const picture = (seed: number, size: number): ImageInput => ({
  rgb: Uint8Array.from({ length: 3 * size * size }, (_, at) => (at * (seed + 3) * 37 + seed * 91) % 256),
  size,
});

/** A video whose frames depend on `seeds`. */
export const film = (seeds: readonly number[], size: number): VideoInput => ({
  frames: seeds.map((seed) => picture(seed, size)),
});

/** Something like speech: tones that change five times a second, which depend on `seed`. */
export const voice = (seed: number, seconds: number): SpeechInput => ({
  samples: Float32Array.from({ length: Math.round(16_000 * seconds) }, (_, at) => {
    const syllable = Math.floor(at / 3200);
    const hz = 150 + ((syllable * 7 + seed * 13) % 11) * 110;
    return 0.2 * Math.sin((2 * Math.PI * hz * at) / 16_000) * Math.sin((Math.PI * (at % 3200)) / 3200);
  }),
  sampleRateHz: 16_000,
});

export interface Collected {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly start: Extract<GenerateEvent, { type: 'start' }>;
  readonly end: Extract<GenerateEvent, { type: 'end' }>;
}

/** All events of an answer. */
export async function collect(events: AsyncIterable<GenerateEvent>): Promise<Collected> {
  const pieces: string[] = [];
  let start: Collected['start'] | undefined;
  for await (const event of events) {
    if (event.type === 'start') start = event;
    if (event.type === 'text') pieces.push(event.text);
    if (event.type === 'end' && start) return { text: pieces.join(''), pieces, start, end: event };
  }
  throw new Error('the answer has no end');
}

/** Asks and collects. */
export const ask = (
  engine: LocalEngine,
  text: string,
  options: Omit<GenerateRequest, 'messages'> & Partial<Omit<EngineMessage, 'role' | 'text'>> = {},
): Promise<Collected> => {
  const { images = [], videos = [], speech = [], ...request } = options;
  return collect(engine.generate({ messages: [user(text, images, { videos, speech })], ...request }));
};
