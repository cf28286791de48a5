/** From the body of a chat request to what the engine takes. */
import {
  type ChatCompletionRequest,
  decodeBase64,
  type ParsedChatRequest,
  Problem,
  parseChatRequest,
  type RequestImage,
} from '@x-llm/contract';
import { type Attachment, decodeInnerRequest, parsePreparedImageType } from '@x-llm/contract/inner';
import type { Engine, EngineMessage, GenerateRequest, ImageInput } from '@x-llm/engine';
import { MediaError } from '@x-llm/media';
import type { Context, Services } from '../handler.ts';

export interface PreparedChat {
  request: ChatCompletionRequest;
  generate: GenerateRequest;
}

/** Parses, validates, looks the model up, decodes the pictures. Throws `Problem`. */
export async function prepareChat(
  context: Context,
  services: Services,
  engine: Engine,
): Promise<PreparedChat> {
  const { parsed, attachments } = await parse(context, services);
  const { request, images } = parsed;
  context.note({ model: request.model, images: images.length, stream: request.stream === true });
  if (typeof request.user === 'string') context.note({ user: request.user });
  if (request.model !== engine.model.id) {
    throw new Problem('model_not_found', {
      param: 'model',
      message: `There is no model "${request.model.slice(0, 80)}"; this server has "${engine.model.id}".`,
    });
  }
  const [firstImage] = images;
  if (engine.model.imageSize === 0 && firstImage !== undefined) {
    throw new Problem('unsupported_content_part', {
      param: firstImage.param,
      message: 'This model sees no pictures.',
    });
  }
  const messages = request.messages.map(toEngineMessage);
  for (const image of images) {
    const bytes = bytesOf(image, attachments);
    const input = await prepared(bytes, image.param, engine.model.imageSize, context, services);
    messages[image.message]?.images.push(input);
  }
  return { request, generate: { messages, ...sampling(request) } };
}

async function parse({ body, request: { headers } }: Context, { limits }: Services) {
  const contentType = headers.get('content-type');
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new Problem('unsupported_media_type', { message: 'Compressed bodies are not taken.' });
  }
  const maxImages = limits.imagesPerRequest;
  if (contentType !== null && type === 'multipart/form-data') {
    const { request, attachments } = await decodeInnerRequest(body, contentType);
    return { parsed: parseChatRequest(request, { attachments: true, maxImages }), attachments };
  }
  if (type !== 'application/json') throw new Problem('unsupported_media_type');
  const parsed: ParsedChatRequest = parseChatRequest(parseJson(body), { maxImages });
  return { parsed, attachments: new Map<string, Attachment>() };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new Problem('invalid_json', { cause });
  }
}

function toEngineMessage({ role, content }: ChatCompletionRequest['messages'][number]): EngineMessage {
  const text =
    typeof content === 'string'
      ? content
      : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  return { role: role === 'developer' ? 'system' : role, text, images: [], videos: [], speech: [] };
}

function bytesOf({ source, param }: RequestImage, attachments: Map<string, Attachment>): Attachment {
  if (source.kind === 'data') {
    return { name: param, mediaType: source.mediaType, bytes: decodeBase64(source.base64, param) };
  }
  const attachment = attachments.get(source.name);
  if (attachment === undefined) {
    throw new Problem('invalid_image_url', {
      param,
      message: `There is no attachment "${source.name.slice(0, 80)}".`,
    });
  }
  return attachment;
}

/** Pixels as the edge prepared them, or a picture file made so here. */
async function prepared(
  { mediaType, bytes }: Attachment,
  param: string,
  size: number,
  { signal }: Context,
  { images }: Services,
): Promise<ImageInput> {
  const ready = parsePreparedImageType(mediaType);
  if (ready !== undefined) {
    if (ready.width !== size || ready.height !== size || bytes.length !== size * size * 3) {
      const got = `${ready.width}×${ready.height} in ${bytes.length} bytes`;
      throw new Problem('invalid_image', {
        param,
        message: `Prepared pixels must be ${size}×${size} RGB, got ${got}.`,
      });
    }
    return { rgb: bytes, size };
  }
  try {
    return { rgb: await images.prepare(bytes, size, signal), size };
  } catch (error) {
    // Its codes are the contract's, and its messages are written for whoever sent the picture.
    if (!(error instanceof MediaError)) throw error;
    throw new Problem(error.code, { param, message: error.message, cause: error });
  }
}

/** Only what was asked for: the engine's own defaults hold for the rest. */
function sampling(request: ChatCompletionRequest): Omit<GenerateRequest, 'messages'> {
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  const { temperature, top_p: topP, top_k: topK, seed, stop } = request;
  const { repetition_penalty: repetitionPenalty } = request;
  return {
    ...(maxTokens == null ? {} : { maxTokens }),
    ...(temperature == null ? {} : { temperature }),
    ...(topP == null ? {} : { topP }),
    ...(topK == null ? {} : { topK }),
    ...(repetitionPenalty == null ? {} : { repetitionPenalty }),
    ...(seed == null ? {} : { seed }),
    ...(stop == null ? {} : { stop: typeof stop === 'string' ? [stop] : stop }),
  };
}
