/** The socket side: time limits, and errors that happen before there is a request. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type ErrorCode, Problem, requestId, requestIdHeader } from '@x-llm/contract';

export interface ListenOptions {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  requestTimeoutMs: number;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Resolves when every connection is closed; the rest are cut now. */
  close(): Promise<void>;
}

/** Longer than gateways keep an idle connection, so that none is closed under a request. */
const keepAliveMs = 75_000;

export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port = 0, host = '127.0.0.1', requestTimeoutMs }: ListenOptions,
): Promise<Listening> {
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(requestTimeoutMs, 10_000),
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 5_000),
    },
    getRequestListener(fetch, {
      overrideGlobalObjects: false,
      errorHandler: (cause) =>
        new Problem('invalid_value', { message: 'The request is malformed.', cause }).toResponse(
          requestId(null),
        ),
    }),
  );
  server.on('clientError', refuse);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** What Node refuses by itself gets our envelope as well. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code: ErrorCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'invalid_value';
  const message = code === 'request_timeout' ? undefined : 'The request is not valid HTTP.';
  const problem = new Problem(code, { message });
  const body = JSON.stringify(problem);
  const headers = {
    ...problem.headers(),
    [requestIdHeader]: requestId(null),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${code === 'request_timeout' ? 'Request Timeout' : 'Bad Request'}\r\n${head.join('')}\r\n${body}`,
  );
}
