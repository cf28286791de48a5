/** Worker thread of batch-loader.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FillAnswer, FillRequest, WorkerStart } from './batch-loader.ts';
import { BatchFiller } from './fill-batch.ts';
import { Pictures } from './pictures.ts';

const start = workerData as WorkerStart;
const filler = new BatchFiller(new Pictures(start.pictures), start.options);

parentPort?.on('message', (request: FillRequest) => {
  let answer: FillAnswer = request;
  try {
    const slot = start.slots[request.slot];
    if (!slot) throw new RangeError(`no slot ${request.slot}`);
    filler.fill(request.step, request.strength, new Uint8Array(slot.pixels), new Int32Array(slot.labels));
  } catch (error) {
    answer = { ...request, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
