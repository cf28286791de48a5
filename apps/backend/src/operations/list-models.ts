import type { Handler } from '../handler.ts';
import { describeModel } from './retrieve-model.ts';

export const listModels: Handler<'listModels'> = (_context, services) => ({
  json: { object: 'list', data: [describeModel(services.engine().model)] },
});
