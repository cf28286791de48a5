import { join } from 'node:path';
import { audio, image, XLLM } from '@x-llm/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, type Stack, startStack } from './stack.ts';

// Speech through gateway, backend and engine, with random weights: what is said is nonsense, the plumbing is real.

/** A WAV file of 16 bits: a voice of 150 Hz that pauses for a while every two seconds. */
function speech(seconds: number, rateHz: number): Buffer {
  const samples = Math.round(seconds * rateHz);
  const file = Buffer.alloc(44 + 2 * samples);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt32LE(0x1_0001, 20); // PCM, one channel
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(2 * rateHz, 28);
  file.writeUInt32LE(0x10_0002, 32); // two bytes, 16 bits
  file.write('data', 36);
  file.writeUInt32LE(2 * samples, 40);
  for (let at = 0; at < samples; at++) {
    const time = at / rateHz;
    const loud = time % 2 < 1.7 ? 9000 : 30;
    file.writeInt16LE(Math.round(loud * Math.sin(2 * Math.PI * 150 * time)), 44 + 2 * at);
  }
  return file;
}

describe('speech, through the whole system', { timeout: 120_000 }, () => {
  let stack: Stack;
  let client: XLLM;
  let model: string;
  beforeAll(async () => {
    stack = await startStack({ speech: true, video: true, maxPositions: 512 });
    client = new XLLM({ apiKey: stack.key, baseURL: `${stack.address}v1` });
    model = (await client.models.list()).data[0]?.id ?? '';
  });
  afterAll(() => {
    stack?.process.kill('SIGTERM');
  });

  test('the model says what it takes', async () => {
    expect(await client.models.retrieve(model)).toMatchObject({
      audio: { sample_rate: 16_000 },
      input_modalities: ['text', 'image', 'audio', 'video'],
    });
  });

  test.each([16_000, 44_100])('a spoken question about a picture, at %i Hz', async (rateHz) => {
    const picture = await image(join(root, 'apps/playground/examples/apple.png'));
    const question = await audio(speech(1.5, rateHz));
    const { usage } = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: [picture, question] }],
      max_tokens: 4,
    });
    const { image_tokens, audio_tokens, text_tokens } = usage.prompt_tokens_details;
    expect(image_tokens).toBeGreaterThan(0);
    expect(audio_tokens).toBeGreaterThan(0);
    expect(image_tokens + audio_tokens + text_tokens).toBe(usage.prompt_tokens);
  });

  test('a transcription longer than the model hears at once', async () => {
    const { audio: hears } = await client.models.retrieve(model);
    const seconds = 2.5 * (hears?.max_seconds ?? 0);
    const request = { model, file: speech(seconds, 16_000), temperature: 0 };
    const whole = await client.transcribe({
      ...request,
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    expect(whole.duration).toBeCloseTo(seconds, 3);
    expect(new Set(whole.segments?.map(({ seek }) => seek)).size).toBeGreaterThanOrEqual(3);
    for (const [at, { start, end }] of (whole.words ?? []).entries()) {
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(whole.duration);
      expect(start).toBeGreaterThanOrEqual(whole.words?.[at - 1]?.start ?? 0);
    }
    // Greedy, so the same words as a stream and as text.
    expect(await (await client.transcribe({ ...request, stream: true })).text()).toBe(whole.text);
    expect(await client.transcribe({ ...request, response_format: 'text' })).toBe(`${whole.text}\n`);
  });
});
