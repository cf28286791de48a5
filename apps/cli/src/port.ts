import { createServer } from 'node:net';
import { UserError } from './user-error.ts';

export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new SyntaxError(`a port is a number from 0 to 65535, got ${text}`);
  return port;
}

/** The option, `PORT`, or the default. */
export function choosePort(asked: number | undefined, usual: number, environment = process.env): number {
  if (asked !== undefined) return asked;
  const given = environment['PORT'];
  if (given === undefined || given === '') return usual;
  try {
    return parsePort(given);
  } catch {
    throw new UserError(`PORT=${given} is not a port.`, 'A port is a number from 0 to 65535.');
  }
}

/** Finds out before anything is loaded. Throws `UserError` when somebody else listens there. */
export async function expectFree(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${String(code)})`;
    throw new UserError(
      `Port ${port} on ${host} ${why}.`,
      `Choose another one, as in: PORT=${port < 65_535 ? port + 1 : port - 1} npm start`,
    );
  }
  await new Promise((resolve) => server.close(resolve));
}
