/** Says the utterances of one shard and writes them; streaming, so that memory stays that of one utterance. */
import { createHash } from 'node:crypto';
import { open, rename, writeFile } from 'node:fs/promises';
import type { Engines } from './engines.ts';
import { type ShardEntry, type ShardHead, shardPaths, speechVersion } from './layout.ts';
import type { SpeechFamily, UtterancePlan } from './plan.ts';
import { renderWave, sampleRateHz, speechFeatures } from './render.ts';

export interface ShardOrder {
  readonly directory: string;
  readonly family: SpeechFamily;
  readonly shard: number;
  readonly plans: readonly UtterancePlan[];
}

/** More than this share of a shard, and more than so many, is no fault of the texts: an engine or the machine has failed. */
const mostLeftOut = 0.25;
const leastLeftOut = 16;

export interface ShardResult {
  readonly written: number;
  readonly seconds: number;
  /** Why utterances were left out, one line each. */
  readonly leftOut: readonly string[];
}

export function planHash(plans: readonly UtterancePlan[]): string {
  return createHash('sha256').update(JSON.stringify(plans)).digest('hex');
}

/**
 * What is said and how is a function of the plans. The sound is that up to the noise of breath and flutter, which
 * eSpeak NG draws on from what it said last. Throws when a large part cannot be said.
 */
export async function writeShard(order: ShardOrder, engines: Engines): Promise<ShardResult> {
  const paths = shardPaths(order.directory, order.family, order.shard);
  const entries: ShardEntry[] = [];
  const leftOut: string[] = [];
  let offset = 0;
  const file = await open(`${paths.data}.part`, 'w');
  try {
    for (const plan of order.plans) {
      const wave = await say(plan, engines).catch((error: unknown) => String(error));
      if (typeof wave === 'string') {
        leftOut.push(`${plan.voice.id} “${plan.text}”: ${wave}`);
        continue;
      }
      const { shape, data } = speechFeatures(wave);
      const bytes = new Uint8Array(Float16Array.from(data).buffer);
      await file.write(bytes);
      const { text, language, voice } = plan;
      const seconds = wave.length / sampleRateHz;
      entries.push({
        offset,
        frames: shape[0],
        text,
        language,
        voice: voice.id,
        engine: voice.engine,
        seconds,
      });
      offset += bytes.length;
    }
  } finally {
    await file.close();
  }
  const most = entries.length === 0 ? 0 : Math.max(leastLeftOut, order.plans.length * mostLeftOut);
  if (leftOut.length > most) {
    throw new Error(
      `${leftOut.length} of ${order.plans.length} could not be said, such as ${leftOut.at(-1)}`,
    );
  }
  await rename(`${paths.data}.part`, paths.data);
  const head: ShardHead = { version: speechVersion, plan: planHash(order.plans), leftOut: leftOut.length };
  const lines = [head, ...entries].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(`${paths.index}.part`, lines.join(''));
  await rename(`${paths.index}.part`, paths.index);
  return {
    written: entries.length,
    seconds: entries.reduce((sum, entry) => sum + entry.seconds, 0),
    leftOut,
  };
}

async function say(plan: UtterancePlan, engines: Engines): Promise<Float32Array | string> {
  const sound = await engines.speak(plan.text, plan.voice.id, plan.manner);
  return renderWave(sound, plan) ?? 'silent, too short or too long';
}
