import { AuthenticationError, type Model, XLLM, XLLMError } from '@x-llm/sdk';

export type ServerState =
  | { state: 'waking' | 'unreachable' | 'key-refused' }
  | { state: 'ready'; models: readonly [Model, ...Model[]] };

export function clientFor(apiKey: string): XLLM {
  return new XLLM({ apiKey, baseURL: `${location.origin}/v1` });
}

const pollMs = 1000;

/** Waits until the model answers, telling each state on the way; ends with `ready` or `key-refused`. */
export async function waitForModel(
  client: XLLM,
  signal: AbortSignal,
  tell: (state: ServerState) => void,
): Promise<void> {
  while (!signal.aborted) {
    const state = await look(client, signal);
    if (signal.aborted) return;
    tell(state);
    if (state.state === 'ready' || state.state === 'key-refused') return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function look(client: XLLM, signal: AbortSignal): Promise<ServerState> {
  try {
    const ready = await fetch('readyz', { signal });
    if (!ready.ok) return { state: 'waking' };
    const { data } = await client.models.list({ signal });
    const [first, ...others] = data;
    return first === undefined ? { state: 'waking' } : { state: 'ready', models: [first, ...others] };
  } catch (error) {
    if (error instanceof AuthenticationError) return { state: 'key-refused' };
    return { state: error instanceof XLLMError ? 'waking' : 'unreachable' };
  }
}
