export {
  type ChatCompletionRequest,
  defaultMaxImages,
  type ParsedChatRequest,
  type ParseOptions,
  parseChatRequest,
  type RequestImage,
} from './chat-request.ts';
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
export { decodeBase64, type ImageSource, parseImageUrl } from './image-url.ts';
export { type OperationId, type RequestBody, type ResponseBody, routes } from './operations.ts';
export { requestId, requestIdHeader } from './request-id.ts';
export type * from './schemas.ts';
