import {
  bytesOfSource,
  type ParsedChatRequest,
  Problem,
  type RequestMedia,
  withMediaUrls,
} from '@x-llm/contract';
import { type Attachment, preparedImageType } from '@x-llm/contract/inner';
import { formats, inspectImage, MediaError } from '@x-llm/media';
import { canDecode, prepareImage } from '@x-llm/media/worker';
import { prepareSound } from './sound.ts';

/**
 * Pictures up to here are decoded at the edge; the rest travels as uploaded. Decoding takes about
 * 12 bytes per pixel at its peak and a Worker's 128 MB are shared by concurrent requests.
 */
const maxEdgePixels = 4_000_000;

export interface InnerChat {
  /** The request with `attachment:NAME` in place of all media. */
  request: ParsedChatRequest['request'];
  attachments: Attachment[];
}

/** Moves the media out of the JSON, one after the other (memory), each in the form the model takes if that is cheap. */
export async function attachMedia(
  parsed: ParsedChatRequest,
  imageSize: number | undefined,
): Promise<InnerChat> {
  const attachments: Attachment[] = [];
  const names = new Map<RequestMedia, string>();
  for (const [index, medium] of parsed.media.entries()) {
    const { kind, source, param } = medium;
    if (source.kind !== 'data') throw new Problem(`invalid_${kind}_url`, { param });
    const name = `${kind}-${index}`;
    const bytes = bytesOfSource(kind, source, param);
    attachments.push({ name, ...(await blaming(param, () => prepare(medium, bytes, imageSize))) });
    names.set(medium, name);
  }
  const request = withMediaUrls(parsed, (medium) => `attachment:${names.get(medium) ?? ''}`);
  return { request, attachments };
}

type Prepared = Omit<Attachment, 'name'>;

function prepare(
  { kind, format }: RequestMedia,
  bytes: Uint8Array<ArrayBuffer>,
  imageSize: number | undefined,
): Promise<Prepared> | Prepared {
  switch (kind) {
    case 'image':
      return prepareForModel(bytes, imageSize);
    case 'audio':
      return prepareSound(bytes, format);
    case 'video':
      return { mediaType: 'application/octet-stream', bytes };
  }
}

async function prepareForModel(bytes: Uint8Array, size: number | undefined): Promise<Prepared> {
  const info = inspectImage(bytes);
  const { mediaType } = formats[info.format];
  if (size === undefined || !canDecode(info) || info.width * info.height > maxEdgePixels) {
    return { mediaType, bytes };
  }
  return { mediaType: preparedImageType(size, size), bytes: await prepareImage(bytes, { size }) };
}

/** The codes of media are the contract's; the field is the one that the client sent. */
export async function blaming<Result>(param: string, work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof MediaError) throw new Problem(thrown.code, { param, message: thrown.message });
    throw thrown;
  }
}
