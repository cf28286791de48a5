import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** File name → content, for one Worker. The first is the entry. */
export type WorkerFiles = Map<string, Uint8Array>;

/** Leaves `.wasm` imports standing as `./NAME.wasm`, as workerd wants them, and collects the files. */
function collectWasm(files: WorkerFiles): Plugin {
  return {
    name: 'wasm-modules',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.wasm$/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === 'inner') return undefined;
        const { kind, importer, resolveDir } = from;
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: 'inner' });
        if (found.errors.length > 0) return { errors: found.errors };
        const name = basename(found.path);
        files.set(name, readFileSync(found.path));
        return { path: `./${name}`, external: true };
      });
    },
  };
}

/** Bundles a Worker's TypeScript to one ES module and its WebAssembly modules; takes about 0.1 s. */
export async function bundleWorker(entry: URL): Promise<WorkerFiles> {
  const wasm: WorkerFiles = new Map();
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    plugins: [collectWasm(wasm)],
  });
  const [code] = outputFiles;
  if (!code) throw new Error(`esbuild made nothing of ${entry.pathname}`);
  return new Map([['worker.js', code.contents], ...wasm]);
}
