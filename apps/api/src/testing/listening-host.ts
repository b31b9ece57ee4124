import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that notes who asks it, and answers as a test says. */
export interface ListeningHost extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly port: number;
  readonly requests: IncomingMessage[];
  answer: RequestListener;
}

/** Starts one on a free port of the loopback address; it answers 404 until a test says otherwise. */
export async function startListeningHost(
  create: (listener: RequestListener) => Server = createServer,
): Promise<ListeningHost> {
  const server = create((request, response) => {
    listening.requests.push(request);
    listening.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const listening: ListeningHost = {
    ...{ host: `127.0.0.1:${port}`, port, requests: [] },
    answer: (_, response) => response.writeHead(404).end(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return listening;
}
