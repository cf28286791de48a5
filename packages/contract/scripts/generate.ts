/**
 * Writes `src/generated/` from `openapi/`: the bundled document, TypeScript types, the table of routes and
 * the request and response validators.
 *
 * The validators are ajv's standalone code, because Workers forbid compiling code at run time.
 * The output depends on `openapi/` and the pinned tools alone, so regenerating must change nothing;
 * `generated.test.ts` checks that.
 *
 *     npm run generate -w @x-llm/contract
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from './outputs.ts';

const folder = new URL('../src/generated/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(await generate())) await writeFile(new URL(name, folder), text);
console.log(`wrote ${fileURLToPath(folder)}`);
