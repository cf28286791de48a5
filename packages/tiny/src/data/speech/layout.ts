/**
 * How speech lies on disk: shards of 500 utterances, `training-0007.bin` (float16, [frames, 80] one after the other) and
 * `training-0007.jsonl` (a line about the shard, then one per utterance). The index is written last: a shard is there
 * when its index is.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SpeechFamily } from './plan.ts';

/** Raise when features, trimming or levels change: shards of another version are made again. */
export const speechVersion = 1;
export const melBins = 80;
export const shardSize = 500;

const Head = z.object({
  version: z.literal(speechVersion),
  /** SHA-256 of the plans of the shard: whether it is the shard that is wanted. */
  plan: z.string(),
  /** Utterances that were left out: too short, too long, silent, or the engine crashed. */
  leftOut: z.int(),
});
export type ShardHead = z.infer<typeof Head>;

const Entry = z.object({
  /** First byte in the shard. */
  offset: z.int(),
  frames: z.int(),
  text: z.string(),
  language: z.enum(['en', 'zh']),
  voice: z.string(),
  engine: z.string(),
  seconds: z.number(),
});
export type ShardEntry = z.infer<typeof Entry>;

export function shardPaths(
  directory: string,
  family: SpeechFamily,
  shard: number,
): { data: string; index: string } {
  const base = join(directory, `${family}-${String(shard).padStart(4, '0')}`);
  return { data: `${base}.bin`, index: `${base}.jsonl` };
}

/** The index of a shard, or undefined if there is none of this version. */
export async function readShard(
  directory: string,
  family: SpeechFamily,
  shard: number,
): Promise<{ head: ShardHead; entries: ShardEntry[] } | undefined> {
  const { index } = shardPaths(directory, family, shard);
  if (!existsSync(index)) return undefined;
  const [first = '', ...lines] = (await readFile(index, 'utf8')).trimEnd().split('\n');
  const head = Head.safeParse(JSON.parse(first));
  return head.success
    ? { head: head.data, entries: lines.map((line) => Entry.parse(JSON.parse(line))) }
    : undefined;
}
