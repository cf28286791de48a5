import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Front {
  port: number;
  /** Where connections go; they wait until it is set. */
  target(port: number): void;
  /** Takes no new connections; open ones go on. */
  close(): void;
}

/**
 * Listens for clients in workerd's place and passes bytes both ways. Why: workerd sees that a client
 * has left only when it next writes, so an answer that has not begun would go on for nobody. Here the
 * client's FIN becomes a reset, which workerd notices within milliseconds. (Deployed, Cloudflare's own
 * front does this.) A client that half-closes after its request counts as gone, as Node's HTTP server
 * holds it too.
 */
export function startFront(host: string, port: number): Promise<Front> {
  let setTarget: (port: number) => void = () => undefined;
  const target = new Promise<number>((resolve) => {
    setTarget = resolve;
  });
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => undefined); // 'close' follows
    void target.then((to) => join(client, connect({ host: '127.0.0.1', port: to, noDelay: true })));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken. Set PORT to another one.`, { cause: error }) : error);
    });
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        target: setTarget,
        close: () => server.close(),
      });
    });
  });
}

function join(client: Socket, upstream: Socket): void {
  const leave = () => upstream.resetAndDestroy();
  client.pipe(upstream, { end: false });
  upstream.pipe(client);
  client.once('end', leave);
  client.once('close', leave);
  upstream.on('error', () => client.destroy());
  // After a whole answer pipe() has ended the client politely; otherwise this cuts it off.
  upstream.once('close', () => client.destroySoon());
}
