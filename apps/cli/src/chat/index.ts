import { type ChatMessage, image } from '@x-llm/sdk';
import { UserError } from '../user-error.ts';
import { type Answerer, ask } from './ask.ts';
import { converse } from './converse.ts';
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

/** Reads a picture. Throws `UserError` for what is none. */
export async function readPicture(file: string) {
  try {
    return await image(file);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const why = missing ? 'there is no such file' : cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${file}: ${why}`, 'Name a PNG, JPEG, WebP or GIF file after --image.', { cause });
  }
}
