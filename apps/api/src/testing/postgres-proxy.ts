import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** PostgreSQL's message that carries a notification. */
const NOTIFICATION_RESPONSE = 'A'.charCodeAt(0);
/** A message is its type, its length in four bytes that count themselves, and its body. */
const HEADER_BYTES = 5;

/** A PostgreSQL server behind a network that fails on demand. */
export interface PostgresProxy extends AsyncDisposable {
  /** The database's URL, through the proxy. */
  readonly url: string;
  /** Resets every connection that stands. */
  cutAll(): void;
  /** While true, notifications are swallowed; everything else passes. */
  losesNotifications: boolean;
}

/** Starts a proxy in front of the server of `databaseUrl`, on a free port of this machine. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {}); // a cut is what the proxy is for
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    const messages = createMessageSplitter();
    upstream.on('data', (chunk: Buffer) => {
      for (const message of messages(chunk)) {
        if (proxy.losesNotifications && message[0] === NOTIFICATION_RESPONSE) continue;
        client.write(message);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  // A server that listens on TCP has an address with a port.
  url.port = String((server.address() as AddressInfo).port);
  const proxy: PostgresProxy = {
    url: url.href,
    losesNotifications: false,
    cutAll() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Cuts what the server sends into whole messages; what is not whole yet waits for the next chunk. */
function createMessageSplitter(): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= HEADER_BYTES) {
      const length = 1 + rest.readUInt32BE(1);
      if (rest.length < length) break;
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return messages;
  };
}
