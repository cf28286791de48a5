import type { Handler } from '../handler.ts';

/** `services.models()` refuses while they load and while the server drains. Of several models, the first is named. */
export const getReadiness: Handler<'getReadiness'> = (_context, services) => {
  const [first] = services.models().all;
  return { json: { status: 'ready', model: first?.model.id ?? '' } };
};
