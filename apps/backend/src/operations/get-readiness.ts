import type { Handler } from '../handler.ts';

/** `services.models()` refuses while they load and while the server drains. */
export const getReadiness: Handler<'getReadiness'> = (_context, services) => ({
  json: { status: 'ready', models: services.models().all.map(({ model }) => model.id) },
});
