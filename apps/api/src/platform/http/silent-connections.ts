import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that closes wait for the answers that it owes, and for nothing else. Node takes a connection on which
 * nothing was asked yet, as browsers open them ahead, for a busy one, and would wait for it until its time is up.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const { server } = app;
  let owed = 0;
  let isClosing = false;
  const endWhenDone = () => {
    if (isClosing && owed === 0) server.closeAllConnections();
  };
  server.on('request', (_request, response) => {
    owed += 1;
    response.once('close', () => {
      owed -= 1;
      endWhenDone();
    });
  });
  server.on('connection', (socket) => {
    if (isClosing) socket.destroy();
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    endWhenDone();
  });
}
