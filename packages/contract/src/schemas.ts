/** Short names for the generated schemas. */
import type { components } from './generated/types.ts';

type Schemas = components['schemas'];

export type ChatMessage = Schemas['ChatMessage'];
export type ContentPart = Schemas['ContentPart'];
export type TextContentPart = Schemas['TextContentPart'];
export type ImageContentPart = Schemas['ImageContentPart'];
export type InputAudioContentPart = Schemas['InputAudioContentPart'];
export type AudioUrlContentPart = Schemas['AudioUrlContentPart'];
export type InputVideoContentPart = Schemas['InputVideoContentPart'];
export type VideoUrlContentPart = Schemas['VideoUrlContentPart'];
export type AudioFormat = Schemas['AudioFormat'];
export type VideoFormat = Schemas['VideoFormat'];
export type ChatCompletion = Schemas['ChatCompletion'];
export type ChatCompletionChunk = Schemas['ChatCompletionChunk'];
export type ChatCompletionStreamEvent = Schemas['ChatCompletionStreamEvent'];
export type FinishReason = Schemas['FinishReason'];
export type Usage = Schemas['Usage'];
export type Transcription = Schemas['Transcription'];
export type VerboseTranscription = Schemas['VerboseTranscription'];
export type TranscriptionSegment = Schemas['TranscriptionSegment'];
export type TranscriptionWord = Schemas['TranscriptionWord'];
export type TranscriptionStreamEvent = Schemas['TranscriptionStreamEvent'];
export type TranscriptionTextDelta = Schemas['TranscriptionTextDelta'];
export type TranscriptionTextDone = Schemas['TranscriptionTextDone'];
export type TranscriptionUsage = Schemas['TranscriptionUsage'];
export type Model = Schemas['Model'];
export type ModelList = Schemas['ModelList'];
export type Health = Schemas['Health'];
export type Readiness = Schemas['Readiness'];
