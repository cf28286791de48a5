import type { ChatCompletionRequest, ChatMessage, XLLM } from '@x-llm/sdk';

export interface Answerer {
  client: XLLM;
  /** Everything but the conversation. */
  request: Omit<ChatCompletionRequest, 'messages' | 'stream' | 'stream_options'>;
}

/** Writes the answer as it comes, and a line break after it. Returns the text. */
export async function ask(
  { client, request }: Answerer,
  messages: ChatMessage[],
  output: { write(text: string): unknown },
  signal?: AbortSignal,
): Promise<string> {
  const stream = await client.chat.completions.create({ ...request, messages, stream: true }, { signal });
  let answer = '';
  try {
    for await (const { choices } of stream) {
      const text = choices[0]?.delta.content ?? '';
      answer += text;
      output.write(text);
    }
  } finally {
    if (answer !== '') output.write('\n');
  }
  return answer;
}
