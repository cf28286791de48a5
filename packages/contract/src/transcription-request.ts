/** `POST /v1/audio/transcriptions`: from a form to a request that can be acted on, and back into a form. */
import { Problem } from './errors.ts';
import { TranscriptionRequest as validator } from './generated/requests.js';
import type { components } from './generated/types.ts';
import { problemOf } from './problem-of.ts';

export type TranscriptionRequest = Omit<components['schemas']['TranscriptionRequest'], 'file'>;

export interface TranscriptionFile {
  /** As the client named it; for its ending only. */
  readonly name: string;
  /** As the client declared it; may be empty. */
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ParsedTranscription {
  readonly request: TranscriptionRequest;
  readonly file: TranscriptionFile;
}

/** Far more than the API has fields. */
const maxFields = 64;

/**
 * Reads a whole `multipart/form-data` body and checks it against the contract. Throws `Problem` with `code` and `param`.
 *
 *     const { request, file } = await parseTranscription(body, request.headers.get('content-type'));
 */
export async function parseTranscription(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | null,
): Promise<ParsedTranscription> {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'multipart/form-data') {
    throw new Problem('unsupported_media_type', { message: 'The body must be multipart/form-data.' });
  }
  let form: FormData;
  try {
    form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw new Problem('invalid_form', { cause });
  }
  const { fields, file } = collect(form);
  if (!validator(fields)) throw problemOf(validator.errors ?? []);
  if (file === undefined) {
    throw new Problem('invalid_type', { param: 'file', message: "'file' must be a file, with a file name." });
  }
  const { file: _name, ...rest } = fields;
  const request = rest as unknown as TranscriptionRequest;
  const format = request.response_format ?? 'json';
  if (request.stream === true && format !== 'json' && format !== 'text') {
    throw new Problem('invalid_value', {
      param: 'response_format',
      message: `A stream is of 'json' or 'text', not of '${format}'.`,
    });
  }
  if (request.timestamp_granularities != null && format !== 'verbose_json') {
    throw new Problem('invalid_value', {
      param: 'timestamp_granularities',
      message: "'timestamp_granularities' is only allowed when 'response_format' is verbose_json.",
    });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { request, file: { name: file.name, mediaType: file.type, bytes } };
}

type Value = string | number | boolean | Value[] | { [name: string]: Value };

/** The form as the object that the schema describes; the file is represented by its name. */
function collect(form: FormData): { fields: Record<string, Value>; file: File | undefined } {
  const fields: Record<string, Value> = Object.create(null) as Record<string, Value>;
  let file: File | undefined;
  let count = 0;
  for (const [key, value] of form) {
    if (++count > maxFields) {
      throw new Problem('array_above_max_length', { message: `A form may have ${maxFields} fields.` });
    }
    const [, name = key, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(key) ?? [];
    const twice = () =>
      new Problem('invalid_value', { param: name, message: `'${name.slice(0, 80)}' is there twice.` });
    if (name === 'file') {
      if (name in fields) throw twice();
      if (typeof value !== 'string') file = value;
      fields[name] = typeof value === 'string' ? '' : value.name;
      continue;
    }
    const plain: Value = typeof value === 'string' ? typed(name, value) : {};
    const before = fields[name];
    if (inner === '' || name in lists) {
      if (before !== undefined && !Array.isArray(before)) throw twice();
      fields[name] = [...(before ?? []), plain];
    } else if (inner !== undefined) {
      // `chunking_strategy[type]`: an object, of which the contract takes none.
      fields[name] = { [inner]: plain };
    } else {
      if (before !== undefined) throw twice();
      fields[name] = plain;
    }
  }
  return { fields, file };
}

/** Lists are sent as `name[]`, and by some clients as `name`. */
const lists = { timestamp_granularities: true, include: true };
const numbers = { temperature: true };
const booleans = { stream: true };

/** Forms know only text. What does not read as its type stays text, which the schema then refuses. */
function typed(name: string, text: string): Value {
  if (name in numbers && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (name in booleans && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

/** What changes the answer. The rest is unknown, or may only hold what asks for nothing. */
const meaningful = [
  'model',
  'language',
  'prompt',
  'response_format',
  'temperature',
  'timestamp_granularities',
  'stream',
] as const;

/**
 * The same request as a form, with the file in whatever shape it has by then. The other direction of
 * `parseTranscription`.
 */
export function transcriptionForm(request: TranscriptionRequest, file: TranscriptionFile): FormData {
  const form = new FormData();
  for (const name of meaningful) {
    const value = request[name];
    if (value == null) continue;
    if (Array.isArray(value)) for (const one of value) form.append(`${name}[]`, one);
    else form.append(name, String(value));
  }
  form.append('file', new Blob([file.bytes], { type: file.mediaType }), file.name);
  return form;
}
