import { buildCommand, numberParser } from '@stricli/core';
import { modelFlags } from './model-flags.ts';

interface Flags {
  readonly image?: readonly string[];
  readonly audio?: readonly string[];
  readonly video?: readonly string[];
  readonly videoSound?: boolean;
  readonly url?: string;
  readonly key?: string;
  readonly bundle?: string;
  readonly model?: string;
  readonly temperature?: number;
  readonly seed?: number;
  readonly maxTokens?: number;
}

export const chat = buildCommand({
  docs: {
    brief: 'Ask about pictures, speech and video, or talk when no question is given',
    fullDescription: [
      'Ask about pictures, speech and video, or talk when no question is given.',
      '',
      '  xllm chat --image cat.png "What is this?"',
      '  xllm chat --video clip.mp4 "What happens here?"',
      '  xllm chat --video clip.mp4 --video-sound        the question is spoken in it',
      '  xllm chat --image cat.png --audio question.wav  a spoken question',
      '  xllm chat --image cat.png                       several questions, one after the other',
      '  xllm chat --url http://127.0.0.1:8787 "Hello"   ask a running server',
      '',
      'Without --url the model runs in this process.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      image: {
        kind: 'parsed',
        parse: String,
        variadic: true,
        optional: true,
        placeholder: 'FILE',
        brief: 'A picture to ask about (PNG, JPEG, WebP, GIF)',
      },
      audio: {
        kind: 'parsed',
        parse: String,
        variadic: true,
        optional: true,
        placeholder: 'FILE',
        brief: 'Speech to listen to (WAV, MP3, FLAC, Ogg, M4A, WebM)',
      },
      video: {
        kind: 'parsed',
        parse: String,
        variadic: true,
        optional: true,
        placeholder: 'FILE',
        brief: 'A video to watch (MP4, WebM, GIF, WebP)',
      },
      videoSound: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'Listen to the sound of the videos, too',
      },
      ...modelFlags,
      seed: { kind: 'parsed', parse: numberParser, optional: true, brief: 'Same seed, same answer' },
      maxTokens: { kind: 'parsed', parse: numberParser, optional: true, brief: 'The longest answer' },
    },
    positional: {
      kind: 'array',
      parameter: { parse: String, placeholder: 'question', brief: 'What to ask; left out, you are asked' },
    },
    aliases: { i: 'image', a: 'audio', v: 'video' },
  },
  async func(flags: Flags, ...words: readonly string[]) {
    const { runChat } = await import('../chat/index.ts');
    const { image = [], audio = [], video = [], ...options } = flags;
    await runChat({ ...options, media: { image, audio, video }, question: words.join(' ').trim() });
  },
});
