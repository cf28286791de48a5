import { audio, type ContentPart, image, video } from '@x-llm/sdk';
import { type Inputs, type Kind, kindsOf } from './inputs.ts';
import { kindOf } from './kind-of.ts';
import { shrunk } from './picture.ts';
import { probe } from './probe.ts';
import { Refused } from './refused.ts';

/** A picture, sound or video that goes with a question. */
export interface Attachment {
  readonly kind: Kind;
  readonly name: string;
  readonly part: ContentPart;
  /** Shown and played on the page: the very bytes that are sent. `release` lets go of them. */
  readonly url: string;
  /** Of those bytes, such as `image/gif`. */
  readonly type: string;
  readonly sizeBytes: number;
}

/** The gateway reads 16 MiB, and files grow by a third in base64. */
export const messageBytes = 12_000_000;

/** Files round what they say of their length; the server measures it. */
const slackSeconds = 0.1;

/**
 * Reads what was dropped, pasted, chosen or recorded. `roomBytes`: what the message still holds. Throws `Refused`.
 */
export async function readAttachment(
  file: Blob,
  name: string,
  inputs: Inputs,
  roomBytes = messageBytes,
): Promise<Attachment> {
  if (file.size === 0) throw new Refused('empty');
  const given = URL.createObjectURL(file);
  try {
    const kind = await kindOf(file, given, inputs);
    if (kind === undefined) throw new Refused('unknown');
    if (!kindsOf(inputs).includes(kind)) throw new Refused(`no-${kind}`);
    const bytes = kind === 'image' ? await shrunk(file) : file;
    if (bytes.size > roomBytes) throw new Refused('too-large', { is: bytes.size, most: roomBytes });
    if (kind === 'audio') await checkLength(given, inputs.audio?.max_seconds ?? 0);
    const part = await { image, audio, video }[kind](bytes);
    return { kind, name, part, url: URL.createObjectURL(bytes), type: bytes.type, sizeBytes: bytes.size };
  } finally {
    URL.revokeObjectURL(given);
  }
}

export const release = ({ url }: Attachment): void => URL.revokeObjectURL(url);

async function checkLength(url: string, most: number): Promise<void> {
  const { seconds } = (await probe(url)) ?? {};
  if (seconds === undefined) return;
  if (seconds === 0) throw new Refused('empty');
  if (seconds > most + slackSeconds) throw new Refused('too-long', { is: seconds, most });
}
