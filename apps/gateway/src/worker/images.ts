import { decodeBase64, type ParsedChatRequest, Problem, type RequestImage } from '@x-llm/contract';
import { type Attachment, preparedImageType } from '@x-llm/contract/inner';
import { formats, inspectImage, MediaError } from '@x-llm/media';
import { canDecode, prepareImage } from '@x-llm/media/worker';

/**
 * Pictures up to here are decoded at the edge; the rest travels as uploaded. Decoding takes about
 * 12 bytes per pixel at its peak and a Worker's 128 MB are shared by concurrent requests.
 */
const maxEdgePixels = 4_000_000;

export interface InnerChat {
  /** The request with `attachment:NAME` in place of every data URL. */
  request: ParsedChatRequest['request'];
  attachments: Attachment[];
}

/** Moves the pictures out of the JSON, one after the other (memory), each in the form the model takes. */
export async function attachImages(
  parsed: ParsedChatRequest,
  imageSize: number | undefined,
): Promise<InnerChat> {
  const attachments: Attachment[] = [];
  const urls = new Map<RequestImage, string>();
  for (const [index, image] of parsed.images.entries()) {
    if (image.source.kind !== 'data') throw new Problem('invalid_image_url', { param: image.param });
    const name = `image-${index}`;
    const bytes = decodeBase64(image.source.base64, image.param);
    attachments.push({ name, ...(await prepare(bytes, imageSize, image.param)) });
    urls.set(image, `attachment:${name}`);
  }
  return { request: withUrls(parsed, urls), attachments };
}

async function prepare(
  bytes: Uint8Array,
  size: number | undefined,
  param: string,
): Promise<Omit<Attachment, 'name'>> {
  try {
    const info = inspectImage(bytes);
    const { mediaType } = formats[info.format];
    if (size === undefined || !canDecode(info) || info.width * info.height > maxEdgePixels) {
      return { mediaType, bytes };
    }
    return { mediaType: preparedImageType(size, size), bytes: await prepareImage(bytes, { size }) };
  } catch (thrown) {
    if (thrown instanceof MediaError) throw new Problem(thrown.code, { param, message: thrown.message });
    throw thrown;
  }
}

/** A copy of the request with the pictures' URLs replaced; only user messages hold pictures. */
function withUrls(
  { request, images }: ParsedChatRequest,
  urls: ReadonlyMap<RequestImage, string>,
): ParsedChatRequest['request'] {
  const messages = request.messages.map((message, messageIndex) => {
    if (message.role !== 'user' || typeof message.content === 'string') return message;
    const content = message.content.map((part, partIndex) => {
      if (part.type !== 'image_url') return part;
      const image = images.find((one) => one.message === messageIndex && one.part === partIndex);
      const url = image && urls.get(image);
      return url === undefined ? part : { ...part, image_url: { ...part.image_url, url } };
    });
    return { ...message, content };
  });
  return { ...request, messages };
}
