import { setTimeout as delay } from 'node:timers/promises';
import { type Engine, EngineError, type GenerateRequest } from '@x-llm/engine';

export interface ScriptedEngine extends Engine {
  readonly requests: GenerateRequest[];
}

const counts = { promptTokens: 9, imageTokens: 4, videoTokens: 0, speechTokens: 0 };

/** An engine without a model, for tests of what is around it: it says what it was shown. */
export function scriptedEngine(): ScriptedEngine {
  const requests: GenerateRequest[] = [];
  return {
    requests,
    model: {
      id: 'x-llm-tiny',
      imageSize: 48,
      video: undefined,
      speech: undefined,
      contextLength: 512,
      created: 1_700_000_000,
    },
    async *generate(request, { signal } = {}) {
      requests.push(request);
      const last = request.messages.at(-1);
      const pictures = last?.images.map(({ size, rgb }) => `${size}px/${rgb.length}`).join(' ') ?? '';
      const words = `You asked “${last?.text}” ${pictures}`.trim().split(/(?= )/);
      yield { type: 'start', ...counts };
      for (const text of words) {
        await delay(2, undefined, { signal });
        yield { type: 'text', text };
      }
      const usage = { ...counts, completionTokens: words.length };
      yield { type: 'end', finishReason: 'stop', usage };
    },
    // biome-ignore lint/correctness/useYield: it hears nothing
    async *transcribe() {
      throw new EngineError('unsupported_content_part', 'This model hears nothing.');
    },
    stats: () => ({ active: 0, queued: 0, maxQueued: 8 }),
    ready: () => true,
    close: async () => {},
  };
}
