/** JSON Schema → standalone validation code. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Document } from './document.ts';

/**
 * An ES module that exports one validator per name.
 *
 * `verbose` keeps the schema that failed beside each error, which is where `x-error-code` is read from.
 * Lengths are counted in UTF-16 units (`unicode: false`), so that the code needs no imports.
 */
export function validatorCode(document: Document, names: Record<string, string>): string {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    verbose: true,
    unicode: false,
    logger: false, // it only says that `unicode` is deprecated; there is no other way to count without an import
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    validateFormats: false,
  });
  ajv.addVocabulary(['x-error-code', 'paths', 'components']);
  ajv.addSchema({ $id: 'openapi', ...schemasOnly(document) });
  for (const [name, pointer] of Object.entries(names))
    ajv.addSchema({ $id: name, $ref: `openapi${pointer}` });
  const code = standaloneCode.default(
    ajv,
    Object.fromEntries(Object.keys(names).map((name) => [name, name])),
  );
  if (code.includes('require('))
    throw new Error('the validators must stand alone, but ajv wrote a require()');
  return code;
}

/** The document without OpenAPI's own keywords at the root; ajv takes no discriminator mapping. */
function schemasOnly({ paths, components }: Document): object {
  return JSON.parse(
    JSON.stringify({ $defs: {}, paths, components }, (key, value: unknown) =>
      key === 'discriminator' && typeof value === 'object' && value !== null && 'propertyName' in value
        ? { propertyName: value.propertyName }
        : value,
    ),
  ) as object;
}
