/** `POST /v1/audio/transcriptions`: from a form to a request that can be acted on, and back into a form. */
import { Problem } from './errors.ts';
import { TranscriptionRequest as validator } from './generated/requests.js';
import type { components } from './generated/types.ts';
import { type FormPart, readForm, textOf } from './multipart.ts';
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

/**
 * Reads a whole `multipart/form-data` body and checks it against the contract. Throws `Problem` with `code` and `param`.
 *
 *     const { request, file } = parseTranscription(body, request.headers.get('content-type'));
 */
export function parseTranscription(body: Uint8Array, contentType: string | null): ParsedTranscription {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'multipart/form-data') {
    throw new Problem('unsupported_media_type', { message: 'The body must be multipart/form-data.' });
  }
  const { fields, file } = collect(readForm(body, contentType));
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
  const { filename = '', mediaType, bytes } = file;
  return { request, file: { name: filename, mediaType, bytes } };
}

type Value = string | number | boolean | Value[] | { [name: string]: Value };

/** The form as the object that the schema describes; the file is represented by its name. */
function collect(parts: readonly FormPart[]): { fields: Record<string, Value>; file: FormPart | undefined } {
  const fields: Record<string, Value> = Object.create(null) as Record<string, Value>;
  let file: FormPart | undefined;
  for (const part of parts) {
    const [, name = part.name, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(part.name) ?? [];
    const before = fields[name];
    const twice = () =>
      new Problem('invalid_value', { param: name, message: `'${name.slice(0, 80)}' is there twice.` });
    const value: Value = part.filename === undefined ? typed(name, textOf(part)) : {};
    if (name === 'file') {
      if (before !== undefined) throw twice();
      if (part.filename !== undefined) file = part;
      fields[name] = part.filename ?? '';
    } else if (inner === '' || name in lists) {
      if (before !== undefined && !Array.isArray(before)) throw twice();
      fields[name] = [...(before ?? []), value];
    } else if (inner !== undefined) {
      // `chunking_strategy[type]`: an object, of which the contract takes none.
      fields[name] = { [inner]: value };
    } else {
      if (before !== undefined) throw twice();
      fields[name] = value;
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
  if (name in numbers && /^[-+.\de]{1,32}$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
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
