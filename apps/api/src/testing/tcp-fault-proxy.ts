import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and a server, and fails as networks do. */
export interface TcpFaultProxy {
  /** The server's URL with the proxy in its place. */
  readonly url: string;
  /** `pass` lets everything through; `refuse` ends every connection, old and new. */
  setMode(mode: 'pass' | 'refuse'): void;
  /** Resets every connection that stands; new ones are as the mode says. */
  cut(): void;
  close(): Promise<void>;
}

/** Passes on what a server answers on one connection: a function for each connection, since it may remember. */
export type AnswerRelay = () => (chunk: Buffer) => Iterable<Buffer>;

const relayAll: AnswerRelay = () => (chunk) => [chunk];

/** Starts a proxy before the host and port of a URL. */
export async function startTcpFaultProxy(
  targetUrl: string,
  relayAnswers: AnswerRelay = relayAll,
): Promise<TcpFaultProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let mode: 'pass' | 'refuse' = 'pass';
  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {}); // 'close' follows
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    const relay = relayAnswers();
    upstream.on('data', (chunk: Buffer) => {
      for (const part of relay(chunk)) client.write(part);
    });
    upstream.on('end', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: url.href,
    cut,
    setMode(next) {
      mode = next;
      if (next === 'refuse') cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
