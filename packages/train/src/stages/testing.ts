/** Test support: media that differ, data files about them, and a bundle with every interface. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voice, writeRandomBundle } from '@x-llm/engine/testing';
import sharp from 'sharp';
import { parseStageConfig, type StageName } from './config.ts';

export interface Workshop extends Disposable {
  readonly folder: string;
  /** Writes a data file and returns its name. */
  data(name: string, lines: readonly unknown[]): string;
  config(stage: StageName, settings: Readonly<Record<string, unknown>>): ReturnType<typeof parseStageConfig>;
}

const said = ['a red cat.', 'two blue dogs.', 'the tree is green.', 'a small boat.'];

/** A line about picture, recording or film `at`. */
export const line = (
  at: number,
  media: Readonly<Partial<Record<'image' | 'audio' | 'video', string>>>,
  task?: string,
) => ({
  ...media,
  ...(task ? { task } : {}),
  messages: [
    { role: 'user', content: 'what is this?' },
    { role: 'assistant', content: said[at % said.length] },
  ],
});

export const names = {
  image: (at: number) => `picture-${at}.png`,
  audio: (at: number) => `voice-${at}.wav`,
  video: (at: number) => `film-${at}`,
};

/** 16-bit mono. */
export function wav(samples: Float32Array, sampleRateHz = 16_000): Buffer {
  const out = Buffer.alloc(44 + 2 * samples.length);
  out.write('RIFF', 0);
  out.writeUInt32LE(36 + 2 * samples.length, 4);
  out.write('WAVEfmt ', 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(sampleRateHz, 24);
  out.writeUInt32LE(2 * sampleRateHz, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36);
  out.writeUInt32LE(2 * samples.length, 40);
  for (const [at, sample] of samples.entries()) out.writeInt16LE(Math.round(sample * 32_000), 44 + 2 * at);
  return out;
}

const picture = (seed: number): Promise<Buffer> =>
  sharp(
    Uint8Array.from({ length: 3 * 20 * 20 }, (_, at) => (at * (seed + 3) * 29 + seed * 71) % 256),
    {
      raw: { width: 20, height: 20, channels: 3 },
    },
  )
    .png()
    .toBuffer();

/** Four of each kind of media, and a bundle with random weights in `bundle`. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'x-llm-stages-'));
  const write = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
  await writeRandomBundle(join(folder, 'bundle'), { video: true, speech: true, maxPositions: 160 });
  for (let at = 0; at < 4; at++) {
    write(names.image(at), await picture(at));
    write(names.audio(at), wav(voice(at, 1 + at / 4).samples));
    mkdirSync(join(folder, names.video(at)));
    for (let frame = 0; frame <= at; frame++) {
      write(join(names.video(at), `${frame}.png`), await picture(10 * at + frame));
    }
  }
  return {
    folder,
    data(name, lines) {
      write(name, lines.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join(''));
      return name;
    },
    config: (stage, settings) =>
      parseStageConfig(
        stage,
        {
          bundle: 'bundle',
          output: 'run',
          cache: 'cache',
          steps: 3,
          batch: 2,
          accumulate: 1,
          threads: 1,
          logEvery: 1,
          learningRate: { peak: 1e-2, end: 1e-3, start: 1e-3 },
          ...settings,
        },
        folder,
      ),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
