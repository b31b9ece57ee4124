import { startTcpFaultProxy, type AnswerRelay } from './tcp-fault-proxy.ts';

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
  const relayMessages: AnswerRelay = () => {
    const split = createMessageSplitter();
    return (chunk) =>
      split(chunk).filter((message) => !proxy.losesNotifications || message[0] !== NOTIFICATION_RESPONSE);
  };
  const network = await startTcpFaultProxy(databaseUrl, relayMessages);
  const proxy: PostgresProxy = {
    url: network.url,
    losesNotifications: false,
    cutAll: () => network.cut(),
    [Symbol.asyncDispose]: () => network.close(),
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
