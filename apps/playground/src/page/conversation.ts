import { APIError, APIUserAbortError, type ChatMessage, type XLLM, XLLMError } from '@x-llm/sdk';
import type { Attachment } from './attachment.ts';
import type { Kind } from './inputs.ts';

export interface Turn {
  /** May be empty, where the question is spoken. */
  readonly question: string;
  readonly media: readonly Attachment[];
  /** Who answers, where there are several models. */
  readonly model: string | undefined;
  answer: string;
  state: 'asking' | 'answering' | 'done' | 'stopped' | 'failed';
  error?: { code: string | null; status: number | null; message: string; requestId: string | null };
  measured?: { firstMs: number; totalMs: number; tokens: number | undefined };
}

export function newTurn(question: string, media: readonly Attachment[], model?: string): Turn {
  return { question, media, model, answer: '', state: 'asking' };
}

const isSound = ({ kind }: Attachment) => kind === 'audio';
const isSeen = (item: Attachment) => !isSound(item);

/**
 * What is sent: everything since what was shown last, so that "it" means the picture or video in sight; and since what
 * this model does not take, which another one was asked about.
 */
export function messagesOf(all: readonly Turn[], kinds: readonly Kind[]): ChatMessage[] {
  const before = all.slice(0, -1);
  const strange = before.findLastIndex(({ media }) => media.some(({ kind }) => !kinds.includes(kind)));
  const turns = all.slice(strange + 1);
  const latest = Math.max(
    0,
    turns.findLastIndex(({ media }) => media.some(isSeen)),
  );
  const seen = turns[latest]?.media.filter(isSeen) ?? [];
  const asked = turns.at(-1);
  return turns
    .slice(latest)
    .filter((turn) => turn === asked || turn.answer !== '')
    .flatMap((turn, i): ChatMessage[] => {
      const { question, answer } = turn;
      // What is seen goes first: to the first question that was answered, had an earlier one failed.
      const media = [...(i === 0 ? seen : []), ...turn.media.filter(isSound)].map(({ part }) => part);
      const text = question === '' ? [] : [{ type: 'text' as const, text: question }];
      const message: ChatMessage = {
        role: 'user',
        content: media.length === 0 ? question : [...media, ...text],
      };
      return turn === asked ? [message] : [message, { role: 'assistant', content: answer }];
    });
}

/** Asks the last turn's question; calls `changed` whenever the turn has. Never throws: a failure is a state. */
export async function answer(
  client: XLLM,
  { id, kinds }: { readonly id: string; readonly kinds: readonly Kind[] },
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
      {
        model: id,
        messages: messagesOf(turns, kinds),
        stream: true,
        stream_options: { include_usage: true },
      },
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
