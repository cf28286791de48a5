import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '..');
const page = join(import.meta.dirname, 'page');

/** For servers of static assets that read such a file, as Cloudflare's does. */
const headers = `/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cache-Control: no-cache
`;

/**
 * Writes the page into a folder (default: `dist`), replacing it. Takes a fraction of a second.
 *
 *     const { directory } = await buildPlayground();
 */
export async function buildPlayground(directory = join(folder, 'dist')): Promise<{ directory: string }> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await Promise.all([
    build({
      entryPoints: ['page.ts', 'page.css', 'microphone-worklet.ts'].map((file) => join(page, file)),
      outdir: directory,
      bundle: true,
      minify: true,
      sourcemap: 'linked',
      format: 'esm',
      target: ['chrome123', 'firefox121', 'safari17.5'],
      logLevel: 'error',
    }),
    ...['index.html', 'icon.svg'].map((file) => cp(join(page, file), join(directory, file))),
    cp(join(folder, 'examples'), join(directory, 'examples'), {
      recursive: true,
      filter: (source) => !source.endsWith('.svg'),
    }),
    writeFile(join(directory, '_headers'), headers),
  ]);
  return { directory };
}
