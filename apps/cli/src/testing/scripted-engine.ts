import { setTimeout as delay } from 'node:timers/promises';
import type { Engine, GenerateRequest } from '@x-llm/engine';

export interface ScriptedEngine extends Engine {
  readonly requests: GenerateRequest[];
}

/** An engine without a model, for tests of what is around it: it says what it was shown. */
export function scriptedEngine(): ScriptedEngine {
  const requests: GenerateRequest[] = [];
  return {
    requests,
    model: { id: 'x-llm-tiny', imageSize: 48, contextLength: 512, created: 1_700_000_000 },
    async *generate(request, { signal } = {}) {
      requests.push(request);
      const last = request.messages.at(-1);
      const pictures = last?.images.map(({ size, rgb }) => `${size}px/${rgb.length}`).join(' ') ?? '';
      const words = `You asked “${last?.text}” ${pictures}`.trim().split(/(?= )/);
      yield { type: 'start', promptTokens: 9, imageTokens: 4 };
      for (const text of words) {
        await delay(2, undefined, { signal });
        yield { type: 'text', text };
      }
      const usage = { promptTokens: 9, imageTokens: 4, completionTokens: words.length };
      yield { type: 'end', finishReason: 'stop', usage };
    },
    stats: () => ({ active: 0, queued: 0, maxQueued: 8 }),
    ready: () => true,
    close: async () => {},
  };
}
