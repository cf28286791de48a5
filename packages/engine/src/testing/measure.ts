/** How quick an engine is: what the README's table and the timing test are made of. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LocalEngine } from '../engine.ts';
import { picture, user, voice } from './engine.ts';

export interface Speed {
  /** Answers at once. */
  readonly concurrent: number;
  /** Of all answers together, their prompts and pictures included. */
  readonly tokensPerSecond: number;
  /** From the request to the first text, a picture that was not seen before included; the median. */
  readonly firstTokenMs: number;
  /** Of all threads, for a token; pictures and prompts included. */
  readonly processorMsPerToken: number;
  readonly eventLoop: EventLoop;
}

const settings = { temperature: 1, topP: 1, maxTokens: 100 } as const;

/** Lets `concurrent` askers ask `rounds` questions each, one after the other. */
export async function measureSpeed(engine: LocalEngine, concurrent: number, rounds: number): Promise<Speed> {
  const first: number[] = [];
  const size = engine.model.imageSize;
  let seed = 1000 * concurrent;
  const ask = async () => {
    for (let round = 0; round < rounds; round++) {
      const images = size > 0 ? [picture(++seed, size)] : [];
      const from = performance.now();
      let spoken = false;
      const request = { messages: [user('what is this?', images)], ...settings, seed };
      for await (const event of engine.generate(request)) {
        if (event.type !== 'text' || spoken) continue;
        spoken = true;
        first.push(performance.now() - from);
      }
    }
  };
  const before = engine.stats().completionTokens;
  const from = performance.now();
  const processor = process.cpuUsage();
  const eventLoop = await watchEventLoop(async () => {
    await Promise.all(Array.from({ length: concurrent }, ask));
  });
  const seconds = (performance.now() - from) / 1000;
  const { user: own, system } = process.cpuUsage(processor);
  const tokens = engine.stats().completionTokens - before;
  first.sort((a, b) => a - b);
  return {
    concurrent,
    tokensPerSecond: tokens / seconds,
    processorMsPerToken: (own + system) / 1000 / tokens,
    firstTokenMs: first[Math.floor(first.length / 2)] ?? Number.NaN,
    eventLoop,
  };
}

export interface SpeechSpeed {
  /** Of speech, each time. */
  readonly seconds: number;
  /** From the request to the first token of the transcript, in seconds; the median. */
  readonly latency: number;
  /** Of all threads, features included, in seconds for one. */
  readonly processor: number;
  readonly eventLoop: EventLoop;
}

/** Transcribes `rounds` pieces of speech that were not heard before, one after the other, up to the first token. */
export async function measureSpeech(
  engine: LocalEngine,
  seconds: number,
  rounds: number,
): Promise<SpeechSpeed> {
  const pieces = Array.from({ length: rounds }, (_, round) => {
    const { samples } = voice(0, seconds);
    samples[0] = (round + 1) / 100;
    return samples;
  });
  const taken: number[] = [];
  const processor = process.cpuUsage();
  const eventLoop = await watchEventLoop(async () => {
    for (const samples of pieces) {
      const from = performance.now();
      for await (const _ of engine.transcribe({ samples, maxTokens: 1 }));
      taken.push((performance.now() - from) / 1000);
    }
  });
  const { user: own, system } = process.cpuUsage(processor);
  taken.sort((a, b) => a - b);
  return {
    seconds,
    latency: taken[Math.floor(taken.length / 2)] ?? Number.NaN,
    processor: (own + system) / 1e6 / rounds,
    eventLoop,
  };
}

interface EventLoop {
  /** How late timers of 1 ms come: 99 of 100 come earlier. */
  readonly delayP99Ms: number;
  /** Work between two turns of the event loop, in time of its thread: what others on the machine do does not count. */
  readonly busyP99Ms: number;
  readonly busyMaxMs: number;
}

async function watchEventLoop(run: () => Promise<void>): Promise<EventLoop> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const busy: number[] = [];
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    busy.push((user + system) / 1000);
    last = process.threadCpuUsage();
  }, 1);
  delay.enable();
  await run();
  delay.disable();
  clearInterval(timer);
  busy.sort((a, b) => a - b);
  return {
    delayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 1), // the timer's own interval is counted too
    busyP99Ms: busy[Math.floor(0.99 * busy.length)] ?? Number.NaN,
    busyMaxMs: busy.at(-1) ?? Number.NaN,
  };
}
