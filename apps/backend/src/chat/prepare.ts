/** From the body of a chat request to what the engine takes. */
import {
  bytesOfSource,
  type ChatCompletionRequest,
  type ParsedChatRequest,
  Problem,
  parseChatRequest,
  parseJson,
  type RequestMedia,
  refuseEncoded,
} from '@x-llm/contract';
import { type Attachment, decodeInnerRequest } from '@x-llm/contract/inner';
import type { Engine, EngineMessage, EngineModel, GenerateRequest } from '@x-llm/engine';
import type { Context, Services } from '../handler.ts';
import { type MediaFile, toImage, toSpeech, toVideo } from '../media/inputs.ts';
import { toTurns } from './turns.ts';

export interface PreparedChat {
  /** Of the model that is asked. */
  engine: Engine;
  request: ChatCompletionRequest;
  generate: GenerateRequest;
  /** The field of the request that what the engine blames came in: `messages` where it is no medium. */
  fieldOf: (place: string | undefined) => string;
}

/** Parses, validates, looks the model up, decodes the media. Throws `Problem`. */
export async function prepareChat(context: Context, services: Services): Promise<PreparedChat> {
  const models = services.models();
  const { parsed, attachments } = await parse(context, services);
  const { request, media } = parsed;
  const count = (kind: RequestMedia['kind']) => media.filter((one) => one.kind === kind).length;
  context.note({
    model: request.model,
    images: count('image'),
    audios: count('audio'),
    videos: count('video'),
    stream: request.stream === true,
  });
  if (typeof request.user === 'string') context.note({ user: request.user });
  const engine = models.find(request.model);
  for (const medium of media) assertTaken(medium, engine.model);
  assertFrames(request, engine.model);
  assertHeard(request, engine.model);
  const { turns, turnOf } = toTurns(request.messages);
  const fields = new Map<string, string>();
  for (const medium of media) {
    const turn = turnOf[medium.message];
    if (turn !== undefined) await attach(turn, medium, request);
  }
  const fieldOf = (place = '') => fields.get(place) ?? 'messages';
  return { engine, request, generate: { messages: turns, ...sampling(request) }, fieldOf };

  async function attach(
    message: EngineMessage,
    medium: RequestMedia,
    { media_io_kwargs: options, mm_processor_kwargs: also }: ChatCompletionRequest,
  ): Promise<void> {
    const file = fileOf(medium, attachments);
    const { imageSize, speech, video } = engine.model;
    const { signal } = context;
    const name = (kind: 'images' | 'speech' | 'videos') =>
      fields.set(`messages[${turns.indexOf(message)}].${kind}[${message[kind].length}]`, medium.param);
    if (medium.kind === 'image') {
      const image = await toImage(file, imageSize, services, signal);
      name('images');
      message.images.push(image);
    }
    if (medium.kind === 'audio' && speech !== undefined) {
      const samples = await toSpeech(file, speech.maxSeconds, services, signal);
      name('speech');
      message.speech.push({ samples, sampleRateHz: speech.sampleRateHz });
    }
    if (medium.kind === 'video' && video !== undefined) {
      const hearSeconds = also?.use_audio_in_video ? speech?.maxSeconds : undefined;
      const choice = { ...options?.video, hearSeconds };
      const { video: watched, samples } = await toVideo(file, video, choice, services, signal);
      name('videos');
      message.videos.push(watched);
      if (samples && speech) {
        name('speech');
        message.speech.push({ samples, sampleRateHz: speech.sampleRateHz });
      }
    }
  }
}

async function parse({ body, request: { headers } }: Context, { limits }: Services) {
  const contentType = headers.get('content-type');
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  refuseEncoded(headers);
  const maxMedia = limits.mediaPerRequest;
  if (contentType !== null && type === 'multipart/form-data') {
    const { request, attachments } = decodeInnerRequest(body, contentType);
    return { parsed: parseChatRequest(request, { attachments: true, maxMedia }), attachments };
  }
  if (type !== 'application/json') {
    throw new Problem('unsupported_media_type', { message: 'The body must be application/json.' });
  }
  const parsed: ParsedChatRequest = parseChatRequest(parseJson(body), { maxMedia });
  return { parsed, attachments: new Map<string, Attachment>() };
}

/** Before anything is decoded. */
function assertTaken({ kind, param }: RequestMedia, { imageSize, speech, video }: EngineModel): void {
  const refuse = (message: string) => new Problem('unsupported_content_part', { param, message });
  if (kind === 'image' && imageSize === 0) throw refuse('This model sees no pictures.');
  if (kind === 'audio' && speech === undefined) throw refuse('This model hears no speech.');
  if (kind === 'video' && video === undefined) throw refuse('This model watches no videos.');
}

function assertFrames({ media_io_kwargs: options }: ChatCompletionRequest, { video }: EngineModel): void {
  const wanted = options?.video?.num_frames;
  if (wanted == null || video === undefined || wanted <= video.frames) return;
  throw new Problem('invalid_value', {
    param: 'media_io_kwargs.video.num_frames',
    message: `This model looks at no more than ${video.frames} frames of a video, got ${wanted}.`,
  });
}

function assertHeard({ mm_processor_kwargs: also }: ChatCompletionRequest, { speech }: EngineModel): void {
  if (!also?.use_audio_in_video || speech !== undefined) return;
  throw new Problem('unsupported_parameter', {
    param: 'mm_processor_kwargs.use_audio_in_video',
    message: 'This model hears no speech.',
  });
}

function fileOf(
  { kind, source, param, format }: RequestMedia,
  attachments: ReadonlyMap<string, Attachment>,
): MediaFile {
  if (source.kind === 'data') {
    return { mediaType: '', bytes: bytesOfSource(kind, source, param), format, param };
  }
  const attachment = attachments.get(source.name);
  if (attachment === undefined) {
    throw new Problem(`invalid_${kind}_url`, {
      param,
      message: `There is no attachment "${source.name.slice(0, 80)}".`,
    });
  }
  return { mediaType: attachment.mediaType, bytes: attachment.bytes, format, param };
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
