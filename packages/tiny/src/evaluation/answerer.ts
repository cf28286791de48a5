/** What evaluation needs of a model: `@x-llm/engine`'s engine is one, and so is anything else that answers. */
export interface Answerer {
  readonly model: AnswererModel;
  generate(
    request: { messages: AskedMessage[]; temperature: number; maxTokens: number },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<AnswerEvent>;
  /** Writes down what is said, and when each token was heard; left out by models that cannot tell, which are asked in words. */
  transcribe?(
    request: { samples: Float32Array; prompt: string; temperature: number },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<AnswerEvent | { type: 'end'; tokens: HeardToken[] }>;
}

interface AnswererModel {
  readonly id: string;
  readonly imageSize: number;
  /** Undefined for a model that watches no videos. */
  readonly video?: { readonly frames: number; readonly size: number } | undefined;
  /** Undefined for a model that hears nothing. */
  readonly speech?: { readonly maxSeconds: number } | undefined;
}

/** The same language model, which is told in words what the media show: `loadCaptionEngine` of `@x-llm/engine`. */
export interface CaptionAnswerer {
  generate(
    request: {
      messages: (AskedMessage & { captions: Captions })[];
      temperature: number;
      maxTokens: number;
    },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<AnswerEvent>;
}

export interface AskedMessage {
  role: 'user';
  text: string;
  images: Picture[];
  videos: { frames: Picture[] }[];
  speech: Sound[];
}

export interface Captions {
  readonly image?: string;
  readonly video?: string;
  readonly speech?: string;
}

interface Picture {
  rgb: Uint8Array;
  size: number;
}

interface Sound {
  samples: Float32Array;
  sampleRateHz: 16_000;
}

export interface HeardToken {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export type AnswerEvent = { type: 'start' } | { type: 'text'; text: string } | { type: 'end' };

/** What stands beside the question: at most one of each. */
export interface Media {
  /** A prepared picture. */
  readonly rgb?: Uint8Array;
  /** Prepared frames. */
  readonly frames?: readonly Uint8Array[];
  /** 16 kHz. */
  readonly wave?: Float32Array;
}

/** Longer than any answer the model is trained to give. */
export const maxTokens = 64;

/** One question about one prepared picture, answered greedily. */
export function answerTo(
  engine: Answerer,
  rgb: Uint8Array,
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  return answerAbout(engine, { rgb }, question, signal);
}

/** One question about any media, answered greedily. */
export function answerAbout(
  engine: Answerer,
  { rgb, frames, wave }: Media,
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  const { imageSize, video } = engine.model;
  const message: AskedMessage = {
    role: 'user',
    text: question,
    images: rgb ? [{ rgb, size: imageSize }] : [],
    videos: frames
      ? [{ frames: frames.map((frame) => ({ rgb: frame, size: video?.size ?? imageSize })) }]
      : [],
    speech: wave ? [{ samples: wave, sampleRateHz: 16_000 }] : [],
  };
  return textOf(
    engine.generate({ messages: [message], temperature: 0, maxTokens }, signal ? { signal } : {}),
  );
}

/** What is said, as transcription serves it: greedily, and no longer than what was heard allows. */
export function transcriptOf(
  engine: Answerer,
  wave: Float32Array,
  prompt: string,
  signal?: AbortSignal,
): Promise<string> {
  if (!engine.transcribe) return answerAbout(engine, { wave }, prompt, signal);
  return textOf(engine.transcribe({ samples: wave, prompt, temperature: 0 }, signal ? { signal } : {}));
}

/** The same question with captions in place of the media. */
export function answerFromCaptions(
  engine: CaptionAnswerer,
  captions: Captions,
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  const message = { role: 'user' as const, text: question, images: [], videos: [], speech: [], captions };
  return textOf(
    engine.generate({ messages: [message], temperature: 0, maxTokens }, signal ? { signal } : {}),
  );
}

async function textOf(events: AsyncIterable<{ type: string; text?: string }>): Promise<string> {
  let answer = '';
  for await (const event of events) if (event.type === 'text') answer += event.text ?? '';
  return answer;
}
