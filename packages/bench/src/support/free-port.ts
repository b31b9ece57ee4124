import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nothing listens on at the moment, for a server that has to know its own address before it starts. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}
