/** `POST /v1/chat/completions`: from unknown JSON to a request that can be acted on, or a precise refusal. */
import { Problem } from './errors.ts';
import { ChatCompletionRequest as validator } from './generated/requests.js';
import type { components } from './generated/types.ts';
import { type ImageSource, parseImageUrl } from './image-url.ts';
import { problemOf } from './problem-of.ts';

export type ChatCompletionRequest = components['schemas']['ChatCompletionRequest'];

export interface ParseOptions {
  /** Take `attachment:NAME` pictures, which only the signed inner protocol may carry. */
  attachments?: boolean;
  maxImages?: number;
}

/** A picture of a request and where it stands. */
export interface RequestImage {
  readonly message: number;
  readonly part: number;
  /** `messages[0].content[1].image_url.url` */
  readonly param: string;
  readonly source: ImageSource;
}

export interface ParsedChatRequest {
  readonly request: ChatCompletionRequest;
  /** Every picture, in the order of the conversation; the base64 is not decoded yet. */
  readonly images: readonly RequestImage[];
}

/** Pictures in one request. Bounds memory before the engine's queue can. */
export const defaultMaxImages = 8;

/**
 * Checks a body against the contract and the rules that JSON Schema cannot say.
 * Throws `Problem` with `code` and `param`.
 *
 *     const { request, images } = parseChatRequest(await c.req.json());
 */
export function parseChatRequest(body: unknown, options: ParseOptions = {}): ParsedChatRequest {
  if (!validator(body)) throw problemOf(validator.errors ?? []);
  const request = body as ChatCompletionRequest;
  if (request.stream_options != null && request.stream !== true) {
    throw new Problem('invalid_value', {
      param: 'stream_options',
      message: "'stream_options' is only allowed when 'stream' is true.",
    });
  }
  const { max_tokens: older, max_completion_tokens: newer } = request;
  if (older != null && newer != null && older !== newer) {
    throw new Problem('invalid_value', {
      param: 'max_tokens',
      message: `'max_tokens' (${older}) and 'max_completion_tokens' (${newer}) disagree; send one of them.`,
    });
  }
  return { request, images: imagesOf(request, options) };
}

function imagesOf(
  request: ChatCompletionRequest,
  { attachments = false, maxImages = defaultMaxImages }: ParseOptions,
): RequestImage[] {
  const images: RequestImage[] = [];
  for (const [message, { content }] of request.messages.entries()) {
    if (typeof content === 'string') continue;
    for (const [part, piece] of content.entries()) {
      if (piece.type !== 'image_url') continue;
      const param = `messages[${message}].content[${part}].image_url.url`;
      if (images.length === maxImages) {
        throw new Problem('too_many_images', { param, message: `A request may hold ${maxImages} pictures.` });
      }
      images.push({
        message,
        part,
        param,
        source: parseImageUrl(piece.image_url.url, param, { attachments }),
      });
    }
  }
  return images;
}
