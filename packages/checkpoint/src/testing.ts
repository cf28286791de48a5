/** Helpers of this package's tests: folders that vanish, files made by hand, and errors by code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { CheckpointError, type CheckpointErrorCode } from './error.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of the safetensors layout with whatever header and data a test wants. */
export function safetensorsBytes(
  header: string | Uint8Array,
  data: Uint8Array = new Uint8Array(),
): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const out = new Uint8Array(8 + json.length + data.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  out.set(data, 8 + json.length);
  return out;
}

export async function fileWith(bytes: Uint8Array | string): Promise<string> {
  const path = join(await temporaryFolder(), 'file.safetensors');
  await writeFile(path, bytes);
  return path;
}

/** Awaits a rejection and returns it; fails unless it is a CheckpointError of that code that names a path. */
export async function rejection(
  code: CheckpointErrorCode,
  promise: Promise<unknown>,
): Promise<CheckpointError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CheckpointError)) throw error ?? new Error(`expected a CheckpointError ${code}`);
  expect({ code: error.code, message: error.message }).toMatchObject({ code });
  expect(error.message.startsWith(error.path)).toBe(true);
  return error;
}
