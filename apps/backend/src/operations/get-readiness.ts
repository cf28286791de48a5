import type { Handler } from '../handler.ts';

/** `services.engine()` refuses while it loads and while the server drains. */
export const getReadiness: Handler<'getReadiness'> = (_context, services) => ({
  json: { status: 'ready', model: services.engine().model.id },
});
