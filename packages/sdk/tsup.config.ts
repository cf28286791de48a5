import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

/** Builds what is published: `npm publish packages/sdk/dist`. The contract is bundled, types included. */
export default defineConfig(({ outDir = 'dist' }) => ({
  entry: { index: 'src/index.ts', browser: 'src/browser.ts' },
  format: 'esm',
  platform: 'neutral',
  external: [/^node:/],
  removeNodeProtocol: false,
  target: 'es2022',
  outDir,
  clean: true,
  // The compiler behind the declarations still sets `baseUrl`, which TypeScript 6 calls deprecated.
  // The path makes the contract a part of this program, so that its types are bundled.
  dts: {
    compilerOptions: {
      ignoreDeprecations: '6.0',
      paths: { '@x-llm/contract': ['../contract/src/index.ts'] },
    },
  },
  async onSuccess() {
    const source: unknown = JSON.parse(await readFile('package.json', 'utf8'));
    await writeFile(`${outDir}/package.json`, `${JSON.stringify(published(source), null, 2)}\n`);
    await copyFile('README.md', `${outDir}/README.md`);
  },
}));

/** The manifest as it is published: built files instead of sources. */
function published(source: unknown): object {
  const { name, version, description, license, type, sideEffects, dependencies } = source as Record<
    string,
    unknown
  >;
  const browser = { types: './browser.d.ts', default: './browser.js' };
  const exports = { '.': { workerd: browser, browser, types: './index.d.ts', default: './index.js' } };
  return {
    name,
    version,
    description,
    license,
    type,
    sideEffects,
    engines: { node: '>=20' },
    exports,
    dependencies,
  };
}
