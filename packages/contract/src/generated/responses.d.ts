// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
import type { OperationId } from '../operations.ts';
import type { Validator } from '../validator.ts';
export const validators: { readonly [Id in OperationId]: Readonly<Record<string, Validator>> };
