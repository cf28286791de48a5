/** How fast sounds and videos are decoded: the fixtures over and over, each in a thread as the server does it. */
import { readFileSync } from 'node:fs';
import { fbank } from '../audio/fbank.ts';
import { decodeAudio, decodeVideo } from '../node.ts';
import { sweep } from './drawn.ts';

/** Seconds of sound, or frames of 64×48, for each second of all threads' processor time: right on a busy machine too. */
export const mediaRates = {
  mp3: () => soundRate('sweep.mp3'),
  flac: () => soundRate('sweep.flac'),
  opus: () => soundRate('sweep-opus.ogg'),
  aac: () => soundRate('sweep.m4a'),
  h264: () => frameRate('moving.mp4'),
  vp9: () => frameRate('moving-vp9.webm'),
  fbank: async () => {
    const samples = sweep(10, 16_000);
    return rate(10, async () => void fbank(samples, { window: 'povey' }));
  },
} as const;

const fixture = (name: string): Uint8Array => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

async function soundRate(name: string): Promise<number> {
  const bytes = fixture(name);
  const { seconds } = await decodeAudio(bytes);
  return rate(seconds, () => decodeAudio(bytes));
}

async function frameRate(name: string): Promise<number> {
  const bytes = fixture(name);
  const { frames } = await decodeVideo(bytes, { frames: 512, size: 56 });
  return rate(frames.length, () => decodeVideo(bytes, { frames: 512, size: 56 }));
}

async function rate(amount: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (amount * 1e6) / (user + system);
}
