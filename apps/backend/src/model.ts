import type { Model } from '@x-llm/contract';
import type { EngineModel } from '@x-llm/engine';

/** The engine's model in OpenAI's words. */
export const describeModel = ({
  id,
  created,
  contextLength,
  imageSize,
  speech,
  video,
}: EngineModel): Model => ({
  id,
  object: 'model',
  created,
  owned_by: 'x-llm',
  context_length: contextLength,
  image_size: imageSize,
  audio: speech === undefined ? null : { sample_rate: speech.sampleRateHz, max_seconds: speech.maxSeconds },
  video: video === undefined ? null : { frames: video.frames, size: video.size },
  input_modalities: [
    'text',
    ...(imageSize === 0 ? [] : (['image'] as const)),
    ...(speech === undefined ? [] : (['audio'] as const)),
    ...(video === undefined ? [] : (['video'] as const)),
  ],
});
