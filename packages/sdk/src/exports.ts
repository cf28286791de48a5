/** What every platform's entry exports. */
export type {
  AudioFormat,
  AudioUrlContentPart,
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatMessage,
  ContentPart,
  ErrorCode,
  FinishReason,
  ImageContentPart,
  InputAudioContentPart,
  InputVideoContentPart,
  Model,
  ModelList,
  TextContentPart,
  Transcription,
  TranscriptionRequest,
  TranscriptionSegment,
  TranscriptionTextDelta,
  TranscriptionTextDone,
  TranscriptionUsage,
  TranscriptionWord,
  Usage,
  VerboseTranscription,
  VideoFormat,
  VideoUrlContentPart,
} from '@x-llm/contract';
export type { Client, Completions, Models } from './client.ts';
export {
  APIConnectionError,
  APIError,
  APITimeoutError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  MethodNotAllowedError,
  NotFoundError,
  RateLimitError,
  RequestTimeoutError,
  RequestTooLargeError,
  UnsupportedMediaTypeError,
  XLLMError,
} from './errors.ts';
export type { ImageDetail, ImageOptions } from './media.ts';
export type { MediaSource } from './source.ts';
export type { ChatCompletionStream, TranscriptionStream } from './stream.ts';
export type { Transcribe, TranscribeRequest } from './transcriptions.ts';
export type { ClientOptions, RequestOptions } from './transport.ts';
