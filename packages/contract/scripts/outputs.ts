/** What `generate.ts` writes, as strings, so that a test can compare them with what is committed. */
import { fileURLToPath } from 'node:url';
import { bundle, createConfig } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';
import { type Document, responseSchemas, routes } from './document.ts';
import { validatorCode } from './validators.ts';

export const documentPath = fileURLToPath(new URL('../../../openapi/openapi.yaml', import.meta.url));

const banner = '// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.\n';

/** The bodies that clients send, each with a validator. */
const requestSchemas = ['ChatCompletionRequest', 'TranscriptionRequest'];

/** File name → text. */
export async function generate(): Promise<Record<string, string>> {
  const document = await bundledDocument();
  const types = astToString(await openapiTS(structuredClone(document) as never, { alphabetize: false }));
  const table = routes(document);
  const operationIds = table.map((route) => route.operationId);
  const responses = responseSchemas(document);
  return {
    'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'types.ts': banner + types,
    'routes.ts': `${banner}export const routes = ${literal(
      Object.fromEntries(table.map(({ operationId, ...route }) => [operationId, route])),
    )} as const;\n`,
    'requests.js':
      banner +
      validatorCode(
        document,
        Object.fromEntries(requestSchemas.map((name) => [name, `#/components/schemas/${name}`])),
      ),
    'requests.d.ts': `${banner}import type { Validator } from '../validator.ts';\n${requestSchemas
      .map((name) => `export const ${name}: Validator;\n`)
      .join('')}`,
    'responses.js':
      banner + validatorCode(document, responses) + responseTable(operationIds, Object.keys(responses)),
    'responses.d.ts': `${banner}import type { OperationId } from '../operations.ts';
import type { Validator } from '../validator.ts';
export const validators: { readonly [Id in OperationId]: Readonly<Record<string, Validator>> };
`,
  };
}

/** `openapi/` as one document, with every reference local. */
export async function bundledDocument(): Promise<Document> {
  const { bundle: result, problems } = await bundle({ ref: documentPath, config: await createConfig({}) });
  const [problem] = problems;
  if (problem !== undefined)
    throw new Error(`openapi/: ${problem.message} (${problem.location[0]?.pointer ?? ''})`);
  return result.parsed as Document;
}

/** `validators[operationId]['200 application/json']`, from exports named `operationId__200__application_json`. */
function responseTable(operationIds: string[], names: string[]): string {
  const rows = operationIds.map((id) => {
    const own = names.filter((name) => name.startsWith(`${id}__`));
    const entries = own.map((name) => {
      const [, status, ...media] = name.split('__');
      return `    '${status} ${media.join('/').replaceAll('_dash_', '-')}': ${name},`;
    });
    return `  ${id}: {\n${entries.join('\n')}\n  },`;
  });
  return `\nexport const validators = {\n${rows.join('\n')}\n};\n`;
}

/** A JSON value as TypeScript in the house style, for a table of flat objects. */
function literal(value: Record<string, Record<string, string | boolean>>): string {
  const rows = Object.entries(value).map(([key, row]) => {
    const cells = Object.entries(row).map(
      ([name, cell]) => `${name}: ${typeof cell === 'string' ? `'${cell}'` : cell}`,
    );
    return `  ${key}: { ${cells.join(', ')} },`;
  });
  return `{\n${rows.join('\n')}\n}`;
}
