import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GoldenCase, goldenCase } from './golden-case.ts';

const folder = fileURLToPath(new URL('../../../../tests/parity/golden/frontend-image', import.meta.url));

/** The public golden case for picture preprocessing; its README says what it holds. */
export function loadGoldenCase(): GoldenCase {
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    files.set(relative(folder, path), new Uint8Array(readFileSync(path)));
  }
  return goldenCase(files);
}
