/** The entry for Node: files may also be given by their path. */
import { readFile } from 'node:fs/promises';
import { Client } from './client.ts';
import { createMedia } from './media.ts';
import type { ClientOptions } from './transport.ts';

export * from './exports.ts';
export const { image, audio, video } = createMedia((path) => readFile(path));

export class XLLM extends Client {
  constructor(options: ClientOptions = {}) {
    super(options, (path) => readFile(path));
  }
}
