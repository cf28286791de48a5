/** From the messages of a request to the turns that a model was taught. */
import { type ChatCompletionRequest, Problem } from '@x-llm/contract';
import type { EngineMessage } from '@x-llm/engine';

type RequestMessage = ChatCompletionRequest['messages'][number];

export interface Turns {
  readonly turns: EngineMessage[];
  /** The turn that each message of the request became a part of. */
  readonly turnOf: readonly EngineMessage[];
}

/**
 * Messages of one role in a row become one turn, their texts on lines of their own: OpenAI's API takes them, and no model was
 * taught them apart. A developer's message is a system message. Media are put in by the caller, in the order of the request.
 *
 * @throws Problem `invalid_value` that names the message for a system message behind others, and for a conversation that does
 * not begin and end with the user.
 */
export function toTurns(messages: readonly RequestMessage[]): Turns {
  const turns: EngineMessage[] = [];
  const turnOf: EngineMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const role = message.role === 'developer' ? 'system' : message.role;
    const before = turns.at(-1);
    if (before?.role === role) {
      before.text = [before.text, textOf(message)].filter((text) => text !== '').join('\n');
      turnOf.push(before);
      continue;
    }
    if (role === 'system' && before) refuse(index, 'system messages come before all others');
    if (role === 'assistant' && before?.role !== 'user') refuse(index, 'the user has the first word');
    const turn = { role, text: textOf(message), images: [], videos: [], speech: [] };
    turns.push(turn);
    turnOf.push(turn);
  }
  if (turns.at(-1)?.role !== 'user') refuse(messages.length - 1, 'the user has the last word');
  return { turns, turnOf };
}

function refuse(index: number, message: string): never {
  throw new Problem('invalid_value', { param: `messages[${index}].role`, message: `Here ${message}.` });
}

/** Parts that are text, a line each. */
const textOf = ({ content }: RequestMessage): string =>
  typeof content === 'string'
    ? content
    : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
