import type { ChatMessage } from '@x-llm/sdk';
import { type Answerer, ask } from './ask.ts';
import { converse } from './converse.ts';
import { readPicture } from './picture.ts';
import { connect } from './server.ts';

export interface ChatOptions {
  images: readonly string[];
  question: string;
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
  const pictures = await Promise.all(options.images.map(readPicture));
  const server = await connect(options);
  try {
    const answerer: Answerer = {
      client: server.client,
      request: {
        model: server.model,
        ...(options.temperature !== undefined && { temperature: options.temperature }),
        ...(options.seed !== undefined && { seed: options.seed }),
        ...(options.maxTokens !== undefined && { max_completion_tokens: options.maxTokens }),
      },
    };
    if (options.question === '') return await converse(answerer, pictures);
    const message: ChatMessage = {
      role: 'user',
      content: [...pictures, { type: 'text', text: options.question }],
    };
    await ask(answerer, [message], process.stdout);
  } finally {
    await server.close();
  }
}
