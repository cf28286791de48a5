import type { Handler } from '../handler.ts';

export const getMetrics: Handler<'getMetrics'> = async (_context, { metrics }) => ({
  text: await metrics.text(),
  type: metrics.contentType,
});
