import { readdirSync, readFileSync } from 'node:fs';
import type { GoldenTensor } from './decoder-contract.ts';

/** The public golden case for picture preprocessing; its README says what it holds. */
export const goldenFolder = new URL('../../../../tests/parity/golden/frontend-image/', import.meta.url);

/** All files of a golden sub-folder by name. */
export function files(folder: 'broken' | 'images'): Map<string, Uint8Array> {
  const url = new URL(`${folder}/`, goldenFolder);
  return new Map(
    readdirSync(url)
      .sort()
      .map((name) => [name, new Uint8Array(readFileSync(new URL(name, url)))]),
  );
}

/** The expected tensors, by `KIND.FILE`, e.g. `u8_56.rgb.png`. */
export function expectedTensors(): Map<string, GoldenTensor> {
  const bytes = new Uint8Array(readFileSync(new URL('expected.safetensors', goldenFolder)));
  const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const tensors = new Map<string, GoldenTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const raw = bytes.slice(8 + headerBytes + entry.data_offsets[0], 8 + headerBytes + entry.data_offsets[1]);
    tensors.set(name, {
      shape: entry.shape,
      data: entry.dtype === 'U8' ? raw : new Float32Array(raw.buffer),
    });
  }
  return tensors;
}
