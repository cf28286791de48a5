/** Runs in a thread: an uploaded picture to the model's pixels. */
import { MediaError, type MediaErrorCode } from '@x-llm/media';
import { prepareImage } from '@x-llm/media/node';
import { move } from 'piscina';

export interface Task {
  bytes: Uint8Array;
  size: number;
}

/** Errors lose their `code` on the way between threads, so a refusal is a value. */
export type Outcome = { rgb: Uint8Array } | { code: MediaErrorCode; message: string };

export default async function work({ bytes, size }: Task): Promise<Outcome> {
  try {
    const rgb = await prepareImage(bytes, { size });
    move(rgb.buffer as ArrayBuffer);
    return { rgb };
  } catch (error) {
    if (error instanceof MediaError) return { code: error.code, message: error.message };
    throw error;
  }
}
