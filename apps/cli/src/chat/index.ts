import type { ChatMessage } from '@x-llm/sdk';
import { type Answerer, ask } from './ask.ts';
import { converse } from './converse.ts';
import { type MediaKind, type MediaPart, mediaKinds, readMedium } from './media.ts';
import { connect } from './server.ts';

export interface ChatOptions {
  /** Files of each kind. */
  media: Readonly<Record<MediaKind, readonly string[]>>;
  question: string;
  /** Whether the sound of videos is heard, too. */
  videoSound?: boolean;
  url?: string;
  key?: string;
  bundle?: string;
  model?: string;
  temperature?: number;
  seed?: number;
  maxTokens?: number;
}

/** `xllm chat`: one question and its answer, or a conversation in the terminal. */
export async function runChat(options: ChatOptions): Promise<void> {
  const media = await Promise.all(
    mediaKinds.flatMap((kind) => options.media[kind].map((file) => readMedium(kind, file))),
  );
  const server = await connect(options);
  try {
    const answerer: Answerer = {
      client: server.client,
      request: {
        model: server.model,
        ...(options.temperature !== undefined && { temperature: options.temperature }),
        ...(options.seed !== undefined && { seed: options.seed }),
        ...(options.maxTokens !== undefined && { max_completion_tokens: options.maxTokens }),
        ...(options.videoSound && { mm_processor_kwargs: { use_audio_in_video: true } }),
      },
    };
    // A sound can be the question itself.
    const sounds = [...options.media.audio, ...(options.videoSound ? options.media.video : [])];
    const asks = options.question !== '' || sounds.length > 0;
    if (!asks) return await converse(answerer, media);
    await ask(answerer, [questionOf(options.question, media)], process.stdout);
  } finally {
    await server.close();
  }
}

function questionOf(question: string, media: MediaPart[]): ChatMessage {
  const text = question === '' ? [] : [{ type: 'text' as const, text: question }];
  return { role: 'user', content: [...media, ...text] };
}
