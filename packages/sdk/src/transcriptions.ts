/** Speech to text. */
import type { Transcription, TranscriptionRequest, VerboseTranscription } from '@x-llm/contract';
import { jsonBody, textBody } from './body.ts';
import { bytesOf, type MediaSource, type ReadFile } from './source.ts';
import { TranscriptionStream } from './stream.ts';
import type { RequestOptions, Transport } from './transport.ts';

/** As OpenAI's, with the file in any form. */
export interface TranscribeRequest extends TranscriptionRequest {
  /** A WAV, MP3, FLAC, Ogg, M4A or WebM file: a File, Blob or bytes, a data URL, or (in Node) a path. */
  file: MediaSource;
}

type Plain = TranscribeRequest & { response_format?: 'json' | null; stream?: false | null };
type Verbose = TranscribeRequest & { response_format: 'verbose_json'; stream?: false | null };
type AsText = TranscribeRequest & { response_format: 'text' | 'srt' | 'vtt'; stream?: false | null };
type Streaming = TranscribeRequest & { response_format?: 'json' | 'text' | null; stream: true };

/** What comes back follows `response_format` and `stream`. */
export interface Transcribe {
  (request: Streaming, options?: RequestOptions): Promise<TranscriptionStream>;
  (request: AsText, options?: RequestOptions): Promise<string>;
  (request: Verbose, options?: RequestOptions): Promise<VerboseTranscription>;
  (request: Plain, options?: RequestOptions): Promise<Transcription>;
  (
    request: TranscribeRequest,
    options?: RequestOptions,
  ): Promise<Transcription | VerboseTranscription | string | TranscriptionStream>;
}

export function createTranscribe(transport: Transport, readFile: ReadFile): Transcribe {
  async function transcribe(
    request: TranscribeRequest,
    options: RequestOptions = {},
  ): Promise<Transcription | VerboseTranscription | string | TranscriptionStream> {
    const form = await formOf(request, readFile);
    if (request.stream === true) {
      return new TranscriptionStream(...(await transport.open('createTranscription', { form }, options)));
    }
    const answer = await transport.send('createTranscription', { form }, options);
    const format = request.response_format ?? 'json';
    return format === 'json' || format === 'verbose_json'
      ? jsonBody<Transcription | VerboseTranscription>(answer, transport, options)
      : textBody(answer, transport, options);
  }
  // The overloads say which of the four it is; the compiler cannot follow the fields there.
  return transcribe as Transcribe;
}

async function formOf({ file, ...fields }: TranscribeRequest, readFile: ReadFile): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value == null) continue;
    if (Array.isArray(value)) for (const one of value) form.append(`${name}[]`, String(one));
    else form.append(name, String(value));
  }
  // A Blob is read while it is sent; everything else is in memory already.
  const blob =
    file instanceof Blob ? file : new Blob([(await bytesOf(file, readFile)) as Uint8Array<ArrayBuffer>]);
  form.append('file', blob, nameOf(file));
  return form;
}

/** Servers of others go by the ending of the name; ours reads the bytes. */
function nameOf(file: MediaSource): string {
  if (typeof File !== 'undefined' && file instanceof File && file.name !== '') return file.name;
  const path = typeof file === 'string' || file instanceof URL ? String(file) : '';
  if (path.startsWith('data:')) return 'sound';
  return path.split(/[/\\]/).at(-1) || 'sound';
}
