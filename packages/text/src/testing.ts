/** Helpers of this package's tests. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../../tests/parity/golden/tokenizer/', import.meta.url);

/** A golden file of the reference tokenizers, as bytes. */
export function goldenBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

/** A golden JSON file; its shape is the test's to know. */
export function goldenJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}
