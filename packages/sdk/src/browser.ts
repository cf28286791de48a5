/** The entry for browsers and Workers, free of `node:` imports. */
import { XLLMError } from './errors.ts';
import { createImage } from './image.ts';

export * from './exports.ts';
export const image = createImage(async (path) => {
  throw new XLLMError(`There are no files here to read ${String(path)} from; pass a File, a Blob or bytes.`);
});
