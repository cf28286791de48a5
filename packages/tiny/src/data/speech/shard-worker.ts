/** Worker thread of synthesise.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Engines } from './engines.ts';
import { type ShardOrder, type ShardResult, writeShard } from './write-shard.ts';

export type ShardAnswer = ShardResult | { readonly error: string };

const { folders } = workerData as { folders: Record<string, string> };
/** Kept from shard to shard: a new eSpeak NG takes 200 utterances to become fast. */
const engines = new Engines(folders);

parentPort?.on('message', async (order: ShardOrder) => {
  let answer: ShardAnswer;
  try {
    answer = await writeShard(order, engines);
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
