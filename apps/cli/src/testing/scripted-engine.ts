import { setTimeout as delay } from 'node:timers/promises';
import type { Engine, GenerateRequest } from '@x-llm/engine';

export interface ScriptedEngine extends Engine {
  readonly requests: GenerateRequest[];
}

const counts = { promptTokens: 9, imageTokens: 4, videoTokens: 0, speechTokens: 0 };

/** An engine without a model, for tests of what is around it: it says what it was shown. */
export function scriptedEngine(id = 'x-llm-tiny'): ScriptedEngine {
  const requests: GenerateRequest[] = [];
  return {
    requests,
    model: {
      id,
      imageSize: 48,
      video: undefined,
      speech: { sampleRateHz: 16_000, maxSeconds: 30 },
      contextLength: 512,
      created: 1_700_000_000,
    },
    async *generate(request, { signal } = {}) {
      requests.push(request);
      const last = request.messages.at(-1);
      const pictures = last?.images.map(({ size, rgb }) => `${size}px/${rgb.length}`).join(' ') ?? '';
      const sounds = last?.speech.map(({ samples }) => `${samples.length / 16_000} s`).join(' ') ?? '';
      const words = `You asked “${last?.text}” ${pictures} ${sounds}`
        .replace(/ +/g, ' ')
        .trim()
        .split(/(?= )/);
      yield { type: 'start', ...counts };
      for (const text of words) {
        await delay(2, undefined, { signal });
        yield { type: 'text', text };
      }
      const usage = { ...counts, completionTokens: words.length };
      yield { type: 'end', finishReason: 'stop', usage };
    },
    async *transcribe({ samples }) {
      const seconds = samples.length / 16_000;
      const usage = { ...counts, imageTokens: 0, speechTokens: 4 };
      yield { type: 'start', ...usage };
      const words = ['I', ' hear', ` ${seconds}`, ' seconds.'];
      for (const text of words) yield { type: 'text', text };
      const tokens = words.map((text, at) => ({
        text,
        startSeconds: (seconds * at) / words.length,
        endSeconds: (seconds * (at + 1)) / words.length,
      }));
      yield {
        type: 'end',
        finishReason: 'stop',
        usage: { ...usage, completionTokens: words.length },
        tokens,
      };
    },
    stats: () => ({ active: 0, queued: 0, maxQueued: 8, queue: requests }),
    ready: () => true,
    close: async () => {},
  };
}
