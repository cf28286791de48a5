/** The entry for Node: `image()` also takes paths. */
import { readFile } from 'node:fs/promises';
import { createImage } from './image.ts';

export * from './exports.ts';
export const image = createImage((path) => readFile(path));
