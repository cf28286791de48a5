export {
  type ChatCompletionRequest,
  defaultMaxMedia,
  type MaxMedia,
  type ParsedChatRequest,
  type ParseOptions,
  parseChatRequest,
  type RequestMedia,
  withMediaUrls,
} from './chat-request.ts';
export { refuseEncoded } from './content-encoding.ts';
export {
  type ErrorCode,
  type ErrorResponse,
  type ErrorRow,
  type ErrorStatus,
  type ErrorType,
  errorTable,
  isErrorCode,
  Problem,
  type ProblemDetails,
} from './errors.ts';
export { parseJson } from './json.ts';
export { bytesOfSource, type MediaKind, type MediaSource, parseMediaUrl } from './media-source.ts';
export { type OperationId, type RequestBody, type ResponseBody, routes } from './operations.ts';
export { requestId, requestIdHeader } from './request-id.ts';
export type * from './schemas.ts';
export {
  type ParsedTranscription,
  parseTranscription,
  type TranscriptionFile,
  type TranscriptionRequest,
  transcriptionForm,
} from './transcription-request.ts';
