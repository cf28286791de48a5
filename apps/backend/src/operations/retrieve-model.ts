import { type Model, Problem } from '@x-llm/contract';
import type { EngineModel } from '@x-llm/engine';
import type { Handler } from '../handler.ts';

export const retrieveModel: Handler<'retrieveModel'> = ({ parameters }, services) => {
  const { model } = services.engine();
  if (parameters.model !== model.id) throw new Problem('model_not_found', { param: 'model' });
  return { json: describeModel(model) };
};

/** The engine's model in OpenAI's words. */
export const describeModel = ({ id, created, contextLength, imageSize }: EngineModel): Model => ({
  id,
  object: 'model',
  created,
  owned_by: 'x-llm',
  context_length: contextLength,
  image_size: imageSize,
  input_modalities: imageSize === 0 ? ['text'] : ['text', 'image'],
});
