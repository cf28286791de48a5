import { mkdir, open, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { APIError, type XLLM } from '@x-llm/sdk';
import { whyUnread } from '../chat/media.ts';
import { connect } from '../chat/server.ts';
import { UserError } from '../user-error.ts';
import { showElapsed } from './elapsed.ts';

export interface TranscribeOptions {
  files: readonly string[];
  format: 'text' | 'srt' | 'vtt' | 'json';
  language?: 'en' | 'zh';
  /** A folder for a file each; without it everything goes to standard output. */
  output?: string;
  url?: string;
  key?: string;
  bundle?: string;
  model?: string;
  temperature?: number;
}

interface Job {
  format: TranscribeOptions['format'];
  output: string | undefined;
  client: XLLM;
  request: { model: string; language?: 'en' | 'zh'; temperature?: number };
  several: boolean;
}

/** `xllm transcribe`: one file after the other. */
export async function runTranscribe(options: TranscribeOptions): Promise<void> {
  const { files, format, output } = options;
  const several = files.length > 1;
  if (several && output === undefined && (format === 'srt' || format === 'vtt')) {
    throw new UserError(
      `Subtitles of ${files.length} files cannot share one output.`,
      'Give a folder for them: --output DIR',
    );
  }
  if (output !== undefined) assertApart(files, format);
  // A wrong name is told before the model is loaded.
  for (const file of files) await assertReadable(file);
  if (output !== undefined) await mkdir(output, { recursive: true });
  const server = await connect(options);
  try {
    const { language, temperature } = options;
    const request = {
      model: server.model,
      ...(language !== undefined && { language }),
      ...(temperature !== undefined && { temperature }),
    };
    const job = { client: server.client, request, format, output, several };
    const refused: UserError[] = [];
    for (const file of files) {
      await transcribeFile(file, job).catch((error: unknown) => {
        // What one file has is no reason to leave out the others.
        if (!several || !(error instanceof UserError)) throw error;
        process.stderr.write(`${error.message}\n`);
        refused.push(error);
      });
    }
    const [first] = refused;
    if (first) {
      throw new UserError(
        `${refused.length} of ${files.length} files could not be transcribed.`,
        first.advice,
      );
    }
  } finally {
    await server.close();
  }
}

async function transcribeFile(file: string, job: Job): Promise<void> {
  const elapsed = showElapsed(`Listening to ${basename(file)}`);
  try {
    if (job.format === 'text' && job.output === undefined) return await writeAsHeard(file, job, elapsed.end);
    const text = await whole(file, job);
    elapsed.end();
    if (job.output === undefined) {
      process.stdout.write(text);
      return;
    }
    const target = join(job.output, targetOf(file, job.format));
    await writeFile(target, text);
    process.stderr.write(`${target}\n`);
  } catch (cause) {
    throw explained(file, cause);
  } finally {
    elapsed.end();
  }
}

const targetOf = (file: string, format: TranscribeOptions['format']): string =>
  `${basename(file, extname(file))}.${format === 'text' ? 'txt' : format}`;

/** Two files must not be written to one, the second over the first. */
function assertApart(files: readonly string[], format: TranscribeOptions['format']): void {
  const written = new Map<string, string>();
  for (const file of files) {
    const target = targetOf(file, format);
    const other = written.get(target);
    if (other !== undefined) {
      throw new UserError(
        `${other} and ${file} would both be written to ${target}.`,
        'Transcribe them to different folders.',
      );
    }
    written.set(target, file);
  }
}

/** Text goes out as it comes; of several files each has its name in front. */
async function writeAsHeard(
  file: string,
  { client, request, several }: Job,
  begun: () => void,
): Promise<void> {
  const stream = await client.transcribe({ ...request, file, stream: true });
  let wrote = false;
  const write = (text: string) => {
    begun();
    process.stdout.write(wrote || !several ? text : `${file}: ${text}`);
    wrote = true;
  };
  for await (const event of stream) if (event.type === 'transcript.text.delta') write(event.delta);
  write('\n');
}

async function whole(file: string, { client, request, format, several }: Job): Promise<string> {
  if (format !== 'json') return client.transcribe({ ...request, file, response_format: format });
  const transcript = await client.transcribe({
    ...request,
    file,
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
  });
  // Of several files a line each, for `jq` and the like.
  return several
    ? `${JSON.stringify({ file, ...transcript })}\n`
    : `${JSON.stringify(transcript, null, 2)}\n`;
}

async function assertReadable(file: string): Promise<void> {
  try {
    await using handle = await open(file);
    if (!(await handle.stat()).isFile()) throw new Error('it is a folder');
  } catch (cause) {
    throw new UserError(`${file}: ${whyUnread(cause)}`, 'Name a WAV, MP3, FLAC, Ogg, M4A or WebM file.', {
      cause,
    });
  }
}

const advice: Readonly<Record<string, string>> = {
  unsupported_content_part: 'Name a model that hears speech with --bundle DIR, or a server with --url.',
  audio_too_long: 'Cut it, as in: ffmpeg -i FILE -f segment -segment_time 600 part%03d.wav',
  request_too_large: 'Make it smaller, as in: ffmpeg -i FILE -ac 1 -ar 16000 -b:a 32k small.mp3',
  overloaded: 'Try again in a moment.',
};

/** What the server refused, with the file's name and what to do about it. */
function explained(file: string, cause: unknown): unknown {
  if (!(cause instanceof APIError) || cause.status >= 500) return cause;
  const what = advice[cause.code ?? ''] ?? 'Name a WAV, MP3, FLAC, Ogg, M4A or WebM file.';
  return new UserError(`${file}: ${cause.message}`, what, { cause });
}
