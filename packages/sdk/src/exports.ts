/** What every platform's entry exports. */
export type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatMessage,
  ContentPart,
  ErrorCode,
  FinishReason,
  ImageContentPart,
  Model,
  ModelList,
  TextContentPart,
  Usage,
} from '@x-llm/contract';
export { type Completions, type Models, XLLM } from './client.ts';
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
export type { ImageDetail, ImageOptions, ImageSource } from './image.ts';
export type { ChatCompletionStream } from './stream.ts';
export type { ClientOptions, RequestOptions } from './transport.ts';
