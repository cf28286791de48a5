import { describe, expect, it } from 'vitest';
import { type Answerer, transcriptOf } from './answerer.ts';
import { mediaAnswerer } from './testing-media.ts';

const wave = Float32Array.of(0.1, -0.1);

describe('what is said', () => {
  it('is written down by transcription, which is not told how much may be written', async () => {
    const engine = mediaAnswerer(({ text, speech }) => `${text}: ${speech[0]?.samples.length}`);
    const requests: object[] = [];
    const watched: Answerer = {
      ...engine,
      transcribe(request) {
        requests.push(request);
        return (
          engine.transcribe?.(request) ?? engine.generate({ messages: [], temperature: 0, maxTokens: 1 })
        );
      },
    };
    expect(await transcriptOf(watched, wave, 'Write it down.')).toBe('Write it down.: 2');
    expect(requests).toEqual([{ samples: wave, prompt: 'Write it down.', temperature: 0 }]);
  });

  it('is asked for in words where a model does not transcribe', async () => {
    const { model, generate } = mediaAnswerer(({ text, speech }) => `${text} ${speech.length}`);
    expect(await transcriptOf({ model, generate }, wave, 'Write it down.')).toBe('Write it down. 1');
  });
});
