import { connect, type AddressInfo } from 'node:net';
import { openDatabase, type Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../app.ts';
import type { Config } from '../platform/config.ts';
import { testConfig } from './test-config.ts';

export interface TestServerOptions {
  databaseUrl: string;
  config?: Partial<Config>;
  portalDirectory?: string;
  /** Further routes and settings, before the server starts. */
  extend?: (app: FastifyInstance) => void;
}

/** The HTTP side of the server as it runs, on a free port. */
export interface TestServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Everything that was logged so far, as it would stand in a log file. */
  logText(): string;
  /** Lines of the log that belong to a request. */
  logOf(requestId: string): Record<string, unknown>[];
}

export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  let text = '';
  const log = pino({ level: 'debug' }, { write: (line: string) => (text += line) });
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: 'waymark-test',
    maxConnections: 4,
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  const app = await buildApp({
    config: testConfig(options.config),
    database,
    log,
    ...(options.portalDirectory === undefined ? {} : { portalDirectory: options.portalDirectory }),
  });
  options.extend?.(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    database,
    port,
    url: `http://127.0.0.1:${port}`,
    logText: () => text,
    logOf: (requestId) =>
      text
        .split('\n')
        .filter((line) => line.includes(requestId))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async [Symbol.asyncDispose]() {
      await app.close();
      await database.close();
    },
  };
}

/** What came back over a socket of its own. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/**
 * Sends bytes that no HTTP client would send, and resolves when the server has closed the connection.
 *
 * @param head request line and headers, without the empty line at the end
 * @param options `isUnfinished` leaves that line out, so that the head never ends
 */
export function sendRaw(
  port: number,
  head: string | Buffer,
  body = '',
  { isUnfinished = false } = {},
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // A server that refuses the rest of a request may reset the connection after its answer.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
  });
  socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'))));
  socket.write(head);
  if (!isUnfinished) socket.write(`\r\n\r\n${body}`);
  return promise;
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Headers(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
