/** The entry for browsers and Workers, free of `node:` imports. */
import { Client } from './client.ts';
import { createMedia } from './media.ts';
import { noFiles } from './source.ts';
import type { ClientOptions } from './transport.ts';

export * from './exports.ts';
export const { image, audio, video } = createMedia(noFiles);

export class XLLM extends Client {
  constructor(options: ClientOptions = {}) {
    super(options, noFiles);
  }
}
