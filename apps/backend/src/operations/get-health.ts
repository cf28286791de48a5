import type { Handler } from '../handler.ts';

export const getHealth: Handler<'getHealth'> = () => ({ json: { status: 'ok' } });
