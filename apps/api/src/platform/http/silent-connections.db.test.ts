import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { useTestDatabase } from '@waymark/testing';
import { expect, it } from 'vitest';
import { startTestServer } from '../../testing/test-server.ts';

const database = useTestDatabase();

it('ends when its answers are given, whoever else is connected', async () => {
  const answering = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const server = await startTestServer({
    databaseUrl: database().url,
    extend(app) {
      // A connection that is waited for is waited for until the test's own time is up.
      app.server.headersTimeout = 0;
      app.server.requestTimeout = 0;
      app.get('/api/test/slow', { config: { permission: 'public' } }, async () => {
        asked.resolve();
        await answering.promise;
        return { isAnswered: true };
      });
    },
  });
  const silent = connect(server.port, '127.0.0.1');
  await once(silent, 'connect');
  const asking = connect(server.port, '127.0.0.1');
  asking.write('GET /api/test/slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await asked.promise;
  const closed = server[Symbol.asyncDispose]();
  answering.resolve();
  expect(await text(asking)).toContain('{"isAnswered":true}');
  await closed;
  silent.destroy();
});
