/** Operations by id: what goes in, what comes out, and where each one lives. */
import { routes } from './generated/routes.ts';
import type { operations } from './generated/types.ts';

export { routes };

export type OperationId = keyof operations;

/** Fails to compile when an operation has no route or a route no operation. */
routes satisfies Record<OperationId, { method: string; path: string; requiresKey: boolean }>;

/** The JSON body that an operation takes; `never` for those that take none. */
export type RequestBody<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

/** What an operation answers with, in one of its media types; `never` for a media type that it has not. */
export type ResponseBody<
  Id extends OperationId,
  Media extends string = 'application/json',
> = operations[Id]['responses'][200]['content'] extends { [Type in Media]: infer Body } ? Body : never;
