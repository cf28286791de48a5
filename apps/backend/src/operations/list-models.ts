import type { Handler } from '../handler.ts';
import { describeModel } from '../model.ts';

export const listModels: Handler<'listModels'> = (_context, services) => ({
  json: { object: 'list', data: services.models().all.map(({ model }) => describeModel(model)) },
});
