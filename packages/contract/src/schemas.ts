/** Short names for the generated schemas. */
import type { components } from './generated/types.ts';

type Schemas = components['schemas'];

export type ChatMessage = Schemas['ChatMessage'];
export type ContentPart = Schemas['ContentPart'];
export type TextContentPart = Schemas['TextContentPart'];
export type ImageContentPart = Schemas['ImageContentPart'];
export type ChatCompletion = Schemas['ChatCompletion'];
export type ChatCompletionChunk = Schemas['ChatCompletionChunk'];
export type ChatCompletionStreamEvent = Schemas['ChatCompletionStreamEvent'];
export type FinishReason = Schemas['FinishReason'];
export type Usage = Schemas['Usage'];
export type Model = Schemas['Model'];
export type ModelList = Schemas['ModelList'];
export type Health = Schemas['Health'];
export type Readiness = Schemas['Readiness'];
