/** Reading a bundled OpenAPI document: its routes and the schemas of its responses. */

export interface Operation {
  operationId: string;
  security?: unknown[];
  responses: Record<string, { content?: Record<string, { schema: object }>; $ref?: string }>;
}

export interface Document {
  openapi: string;
  security?: unknown[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses?: Record<string, Operation['responses'][string]> };
}

export interface Route extends Record<string, string | boolean> {
  operationId: string;
  method: string;
  path: string;
  requiresKey: boolean;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

function operations(document: Document): [path: string, method: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );
}

/** One row per operation, in the document's order; `requiresKey` is whether a security scheme applies. */
export function routes(document: Document): Route[] {
  return operations(document).map(([path, method, operation]) => ({
    operationId: operation.operationId,
    method,
    path,
    requiresKey: (operation.security ?? document.security ?? []).length > 0,
  }));
}

/** `operationId__status__type__subtype` → the JSON pointer of that response's schema. */
export function responseSchemas(document: Document): Record<string, string> {
  const pointers: Record<string, string> = {};
  for (const [path, method, operation] of operations(document)) {
    for (const [status, given] of Object.entries(operation.responses)) {
      const at =
        given.$ref ??
        `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses/${status}`;
      const name = given.$ref?.split('/').at(-1);
      const response = name === undefined ? given : document.components.responses?.[name];
      for (const media of Object.keys(response?.content ?? {})) {
        const suffix = media.replaceAll('-', '_dash_').replace('/', '__');
        pointers[`${operation.operationId}__${status}__${suffix}`] =
          `${at}/content/${media.replaceAll('/', '~1')}/schema`;
      }
    }
  }
  return pointers;
}
