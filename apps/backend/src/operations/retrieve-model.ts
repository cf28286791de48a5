import type { Handler } from '../handler.ts';
import { describeModel } from '../model.ts';

export const retrieveModel: Handler<'retrieveModel'> = ({ parameters: { model = '' } }, services) => ({
  json: describeModel(services.models().find(model).model),
});
