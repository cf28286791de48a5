import { APIError, APIUserAbortError, type ChatMessage, type XLLM, XLLMError } from '@x-llm/sdk';
import type { Picture } from './picture.ts';

export interface Turn {
  readonly question: string;
  readonly picture: Picture | undefined;
  answer: string;
  state: 'asking' | 'answering' | 'done' | 'stopped' | 'failed';
  error?: { code: string | null; status: number | null; message: string; requestId: string | null };
  measured?: { firstMs: number; totalMs: number; tokens: number | undefined };
}

export function newTurn(question: string, picture: Picture | undefined): Turn {
  return { question, picture, answer: '', state: 'asking' };
}

/** What is sent: everything since the latest picture, so that "it" means the picture in sight. */
export function messagesOf(turns: readonly Turn[]): ChatMessage[] {
  const latest = Math.max(
    0,
    turns.findLastIndex((turn) => turn.picture !== undefined),
  );
  const picture = turns[latest]?.picture;
  const asked = turns.at(-1);
  return turns
    .slice(latest)
    .filter((turn) => turn === asked || turn.answer !== '')
    .flatMap((turn, i): ChatMessage[] => {
      const { question, answer } = turn;
      // The picture goes first: to the first question that was answered, had an earlier one failed.
      const content =
        i === 0 && picture !== undefined
          ? [picture.part, { type: 'text' as const, text: question }]
          : question;
      const message: ChatMessage = { role: 'user', content };
      return turn === asked ? [message] : [message, { role: 'assistant', content: answer }];
    });
}

/** Asks the last turn's question; calls `changed` whenever the turn has. Never throws: a failure is a state. */
export async function answer(
  client: XLLM,
  model: string,
  turns: readonly Turn[],
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  const turn = turns.at(-1);
  if (turn === undefined) return;
  const started = performance.now();
  let firstMs: number | undefined;
  let tokens: number | undefined;
  try {
    const stream = await client.chat.completions.create(
      { model, messages: messagesOf(turns), stream: true, stream_options: { include_usage: true } },
      { signal },
    );
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta.content ?? '';
      tokens = chunk.usage?.completion_tokens ?? tokens;
      if (text === '') continue;
      firstMs ??= performance.now() - started;
      turn.answer += text;
      turn.state = 'answering';
      changed();
    }
    turn.state = 'done';
    const totalMs = performance.now() - started;
    turn.measured = { firstMs: firstMs ?? totalMs, totalMs, tokens };
  } catch (error) {
    if (error instanceof APIUserAbortError || signal.aborted) turn.state = 'stopped';
    else fail(turn, error);
  }
  changed();
}

function fail(turn: Turn, error: unknown): void {
  turn.state = 'failed';
  if (error instanceof APIError) {
    const { code, status, message, requestId } = error;
    turn.error = { code, status, message, requestId };
  } else {
    const message = error instanceof XLLMError ? error.message : String(error);
    turn.error = { code: null, status: null, message, requestId: null };
  }
}
