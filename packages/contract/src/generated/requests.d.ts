// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
import type { Validator } from '../validator.ts';
export const ChatCompletionRequest: Validator;
export const TranscriptionRequest: Validator;
