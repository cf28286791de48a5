import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startEchoBackend } from './backend.ts';

const goldenFolder = fileURLToPath(
  new URL('../../../../tests/parity/golden/frontend-image', import.meta.url),
);

function goldenFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(goldenFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    files[relative(goldenFolder, path)] = readFileSync(path).toString('base64');
  }
  return files;
}

/** Runs in Node, before workerd starts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const backend = await startEchoBackend();
  project.provide('backendUrl', backend.url);
  project.provide('golden', goldenFiles());
  return backend.close;
}
