import { buildCommand } from '@stricli/core';
import { modelFlags } from './model-flags.ts';

const formats = ['text', 'srt', 'vtt', 'json'] as const;
const languages = ['en', 'zh'] as const;

interface Flags {
  readonly format: (typeof formats)[number];
  readonly language?: (typeof languages)[number];
  readonly output?: string;
  readonly url?: string;
  readonly key?: string;
  readonly bundle?: string;
  readonly model?: string;
  readonly temperature?: number;
}

export const transcribe = buildCommand({
  docs: {
    brief: 'Write down what is said in sound files',
    fullDescription: [
      'Write down what is said in sound files, of any length.',
      '',
      '  xllm transcribe speech.wav',
      '  xllm transcribe talk.mp3 --format srt > talk.srt     subtitles',
      '  xllm transcribe *.wav --format vtt --output subs     a file each, subs/NAME.vtt',
      '',
      'json has the words and sentences with their times. Without --url the model runs in this process.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      format: { kind: 'enum', values: formats, default: 'text', brief: 'What to write' },
      language: { kind: 'enum', values: languages, optional: true, brief: 'The language that is spoken' },
      output: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'DIR',
        brief: 'Write a file each into this folder',
      },
      ...modelFlags,
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { parse: String, placeholder: 'FILE', brief: 'WAV, MP3, FLAC, Ogg, M4A or WebM' },
    },
    aliases: { f: 'format', l: 'language', o: 'output' },
  },
  async func(flags: Flags, ...files: readonly string[]) {
    const { runTranscribe } = await import('../transcribe/index.ts');
    await runTranscribe({ ...flags, files });
  },
});
