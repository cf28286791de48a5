/** `POST /v1/chat/completions`: from unknown JSON to a request that can be acted on, or a precise refusal. */
import { Problem } from './errors.ts';
import { ChatCompletionRequest as validator } from './generated/requests.js';
import type { components } from './generated/types.ts';
import {
  type MediaKind,
  type MediaSource,
  mediaCodes,
  parseInputData,
  parseMediaUrl,
} from './media-source.ts';
import { problemOf } from './problem-of.ts';

export type ChatCompletionRequest = components['schemas']['ChatCompletionRequest'];
type Part = components['schemas']['ContentPart'];
type AudioFormat = components['schemas']['AudioFormat'];
type VideoFormat = components['schemas']['VideoFormat'];

export interface ParseOptions {
  /** Take `attachment:NAME` media, which only the signed inner protocol may carry. */
  attachments?: boolean;
  maxMedia?: MaxMedia;
}

export type MaxMedia = { readonly [Kind in MediaKind]: number };

/** A picture, sound or video of a request and where it stands. */
export interface RequestMedia {
  readonly kind: MediaKind;
  readonly message: number;
  readonly part: number;
  /** `messages[0].content[1].image_url.url` */
  readonly param: string;
  /** What an `input_audio` or `input_video` says that it is: `wav`. */
  readonly format: AudioFormat | VideoFormat | undefined;
  readonly source: MediaSource;
}

export interface ParsedChatRequest {
  readonly request: ChatCompletionRequest;
  /** All media, in the order of the conversation; the base64 is not decoded yet. */
  readonly media: readonly RequestMedia[];
}

/** Media in one request. Bounds memory before the engine's queue can. */
export const defaultMaxMedia: MaxMedia = { image: 8, audio: 8, video: 4 };

/**
 * Checks a body against the contract and the rules that JSON Schema cannot say.
 * Throws `Problem` with `code` and `param`.
 *
 *     const { request, media } = parseChatRequest(await c.req.json());
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
  return { request, media: mediaOf(request, options) };
}

function mediaOf(
  request: ChatCompletionRequest,
  { attachments = false, maxMedia = defaultMaxMedia }: ParseOptions,
): RequestMedia[] {
  const media: RequestMedia[] = [];
  const counts = { image: 0, audio: 0, video: 0 };
  for (const [message, { content }] of request.messages.entries()) {
    if (typeof content === 'string') continue;
    for (const [part, piece] of content.entries()) {
      const found = mediumOf(piece);
      if (found === undefined) continue;
      const { kind, field } = found;
      const param = `messages[${message}].content[${part}].${field}`;
      if (++counts[kind] > maxMedia[kind]) {
        throw new Problem(mediaCodes[kind].tooMany, {
          param,
          message: `A request may hold ${maxMedia[kind]} ${plural[kind]}.`,
        });
      }
      const { format, source } =
        'url' in found
          ? { format: undefined, source: parseMediaUrl(kind, found.url, param, { attachments }) }
          : {
              format: found.input.format,
              source: parseInputData(kind, found.input.data, param, { attachments }),
            };
      media.push({ kind, message, part, param, format, source });
    }
  }
  return media;
}

const plural = { image: 'pictures', audio: 'sounds', video: 'videos' };

type Medium = { kind: MediaKind; field: string } & (
  | { url: string }
  | { input: { data: string; format: AudioFormat | VideoFormat } }
);

/** Where a part holds its medium; undefined for text. */
function mediumOf(part: Part): Medium | undefined {
  switch (part.type) {
    case 'text':
      return undefined;
    case 'image_url':
      return { kind: 'image', field: 'image_url.url', url: part.image_url.url };
    case 'audio_url':
      return { kind: 'audio', field: 'audio_url.url', url: part.audio_url.url };
    case 'video_url':
      return { kind: 'video', field: 'video_url.url', url: part.video_url.url };
    case 'input_audio':
      return { kind: 'audio', field: 'input_audio.data', input: part.input_audio };
    case 'input_video':
      return { kind: 'video', field: 'input_video.data', input: part.input_video };
  }
}

/** A part that points at `url` in place of what it held. */
function pointedAt(part: Part, url: string): Part {
  switch (part.type) {
    case 'text':
      return part;
    case 'image_url':
      return { ...part, image_url: { ...part.image_url, url } };
    case 'audio_url':
      return { ...part, audio_url: { ...part.audio_url, url } };
    case 'video_url':
      return { ...part, video_url: { ...part.video_url, url } };
    case 'input_audio':
      return { ...part, input_audio: { ...part.input_audio, data: url } };
    case 'input_video':
      return { ...part, input_video: { ...part.input_video, data: url } };
  }
}

/**
 * A copy of the request in which every medium is what `urlOf` says, an `attachment:NAME`. Parts keep their type, so that
 * an error names the field that the client sent.
 */
export function withMediaUrls(
  { request, media }: ParsedChatRequest,
  urlOf: (medium: RequestMedia) => string,
): ChatCompletionRequest {
  const messages = request.messages.map((message, messageIndex) => {
    if (message.role !== 'user' || typeof message.content === 'string') return message;
    const content = message.content.map((part, partIndex) => {
      const medium = media.find((one) => one.message === messageIndex && one.part === partIndex);
      return medium === undefined ? part : pointedAt(part, urlOf(medium));
    });
    return { ...message, content };
  });
  return { ...request, messages };
}
