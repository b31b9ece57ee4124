import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { explainIfTaken } from './port.mjs';

async function listen() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('explainIfTaken', () => {
  test('says nothing of a free port, and leaves it free', async () => {
    const server = await listen();
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    expect(await explainIfTaken({ host: '127.0.0.1', port })).toBeUndefined();
    expect(await explainIfTaken({ host: '127.0.0.1', port })).toBeUndefined();
  });

  test('names a taken port, who has it and how to choose another', async () => {
    const server = await listen();
    const { port } = server.address();
    try {
      const { message, hint } = await explainIfTaken({ host: '127.0.0.1', port });
      expect(message).toContain(`Port ${port} on 127.0.0.1 is taken by`);
      if (process.platform === 'linux') expect(message).toContain(`process ${process.pid}`);
      expect(hint).toContain(`PORT=${port + 1}`);
    } finally {
      server.close();
    }
  });

  test('names an address that this machine does not have', async () => {
    const { message, hint } = await explainIfTaken({ host: '192.0.2.1', port: 0 });
    expect(message).toContain('EADDRNOTAVAIL');
    expect(hint).toContain('HOST');
  });
});
