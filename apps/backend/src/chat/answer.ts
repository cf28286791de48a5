/** From the engine's events to OpenAI's answers, whole and in chunks. */
import type { ChatCompletion, ChatCompletionChunk, Usage } from '@x-llm/contract';
import type { EngineUsage, GenerateEvent } from '@x-llm/engine';

export interface AnswerHead {
  id: string;
  created: number;
  model: string;
}

type Delta = ChatCompletionChunk['choices'][number]['delta'];

/** The chunks of a streamed answer: the role, the text, one finish reason, and the usage when asked for. */
export async function* chunks(
  events: AsyncIterable<GenerateEvent>,
  head: AnswerHead,
  includeUsage: boolean,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  const common = {
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
  } as const;
  const usage = includeUsage ? { usage: null } : {};
  const chunk = (delta: Delta, finish_reason: 'stop' | 'length' | null = null): ChatCompletionChunk => ({
    ...common,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...usage,
  });
  for await (const event of events) {
    switch (event.type) {
      case 'start':
        yield chunk({ role: 'assistant', content: '', refusal: null });
        break;
      case 'text':
        if (event.text !== '') yield chunk({ content: event.text });
        break;
      case 'end':
        yield chunk({}, event.finishReason);
        if (includeUsage) yield { ...common, choices: [], usage: toUsage(event.usage) };
        return;
      default:
        event satisfies never;
    }
  }
  throw new Error('the engine ended without an end event');
}

/** The whole answer. */
export async function completion(
  events: AsyncIterable<GenerateEvent>,
  head: AnswerHead,
): Promise<ChatCompletion> {
  let content = '';
  for await (const event of events) {
    if (event.type === 'text') content += event.text;
    if (event.type !== 'end') continue;
    return {
      id: head.id,
      object: 'chat.completion',
      created: head.created,
      model: head.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: event.finishReason,
        },
      ],
      usage: toUsage(event.usage),
    };
  }
  throw new Error('the engine ended without an end event');
}

const toUsage = (usage: EngineUsage): Usage => ({
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  total_tokens: usage.promptTokens + usage.completionTokens,
  prompt_tokens_details: {
    text_tokens: usage.promptTokens - usage.imageTokens - usage.speechTokens - usage.videoTokens,
    image_tokens: usage.imageTokens,
    audio_tokens: usage.speechTokens,
    video_tokens: usage.videoTokens,
  },
});
