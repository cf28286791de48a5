/** What evaluation needs of a model: `@x-llm/engine`'s engine is one, and so is anything else that answers. */
export interface Answerer {
  readonly model: { readonly id: string; readonly imageSize: number };
  generate(
    request: {
      messages: {
        role: 'user';
        text: string;
        images: { rgb: Uint8Array; size: number }[];
        videos: { frames: { rgb: Uint8Array; size: number }[] }[];
        speech: { samples: Float32Array; sampleRateHz: 16_000 }[];
      }[];
      temperature: number;
      maxTokens: number;
    },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<AnswerEvent>;
}

export type AnswerEvent = { type: 'start' } | { type: 'text'; text: string } | { type: 'end' };

/** Longer than any answer the model is trained to give. */
const maxTokens = 64;

/** One question about one prepared picture, answered greedily. */
export async function answerTo(
  engine: Answerer,
  rgb: Uint8Array,
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  const { imageSize: size } = engine.model;
  const messages = [
    { role: 'user' as const, text: question, images: [{ rgb, size }], videos: [], speech: [] },
  ];
  let answer = '';
  for await (const event of engine.generate(
    { messages, temperature: 0, maxTokens },
    signal ? { signal } : {},
  )) {
    if (event.type === 'text') answer += event.text;
  }
  return answer;
}
