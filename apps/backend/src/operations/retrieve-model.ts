import { Problem } from '@x-llm/contract';
import type { Handler } from '../handler.ts';
import { describeModel } from '../model.ts';

export const retrieveModel: Handler<'retrieveModel'> = ({ parameters }, services) => {
  const { model } = services.engine();
  if (parameters.model !== model.id) throw new Problem('model_not_found', { param: 'model' });
  return { json: describeModel(model) };
};
