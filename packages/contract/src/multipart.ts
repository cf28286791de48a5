/** `multipart/form-data` that is in memory already, read within bounds. */
import {
  getMultipartBoundary,
  MaxHeaderSizeExceededError,
  MaxPartsExceededError,
  MultipartParseError,
  parseMultipart,
} from '@remix-run/multipart-parser';
import { Problem } from './errors.ts';

export interface FormPart {
  readonly name: string;
  /** Undefined for a plain field. */
  readonly filename: string | undefined;
  /** Lower case is not enforced; empty when there is none. */
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Far more than any form of the API has. */
const maxParts = 64;
const maxHeaderSize = 8 * 1024;
/** RFC 2046. */
const longestBoundary = 70;

/**
 * The parts in their order. Runtimes' own `formData()` is not asked: it takes any number of parts and headers of any
 * length, seconds of work for a body of 20 MB. Throws `Problem('invalid_form')`.
 */
export function readForm(body: Uint8Array, contentType: string): FormPart[] {
  try {
    const boundary = getMultipartBoundary(contentType)?.trim();
    if (!boundary) throw refused('its content-type names no boundary; HTTP clients set it themselves');
    if (boundary.length > longestBoundary)
      throw refused(`its boundary is longer than ${longestBoundary} characters`);
    // The parser's finish() does not look at an empty body.
    if (body.length === 0) throw refused('it is empty');
    const options = {
      boundary,
      maxParts,
      maxHeaderSize,
      maxFileSize: body.length,
      maxTotalSize: body.length,
    };
    const parts: FormPart[] = [];
    for (const part of parseMultipart(body, options)) {
      const { name } = part;
      if (name === undefined) throw refused('a part of it has no name');
      // A copy: a view would keep the whole body, and travel with all of it to another thread.
      const bytes = part.bytes.slice() as Uint8Array<ArrayBuffer>;
      parts.push({ name, filename: part.filename, mediaType: part.headers['content-type'] ?? '', bytes });
    }
    return parts;
  } catch (cause) {
    throw cause instanceof Problem ? cause : refused(faultOf(cause), cause);
  }
}

const refused = (fault: string, cause?: unknown): Problem =>
  new Problem('invalid_form', { message: `The form cannot be read: ${fault}.`, cause });

function faultOf(cause: unknown): string {
  if (cause instanceof MaxPartsExceededError) return `it has more than ${maxParts} parts`;
  if (cause instanceof MaxHeaderSizeExceededError)
    return `the headers of a part are longer than ${maxHeaderSize / 1024} KiB`;
  if (cause instanceof MultipartParseError)
    return 'it is cut off, or does not begin with the boundary that its content-type names';
  return 'it is not multipart/form-data';
}

const utf8 = new TextDecoder();

/** What a plain field says. */
export const textOf = ({ bytes }: FormPart): string => utf8.decode(bytes);
