import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

interface LogLine {
  msg: string;
  trace_id?: string;
}

/** Starts the service as the container does, on a free port. */
function startService(collector: Server): ChildProcess {
  const { port } = collector.address() as AddressInfo;
  return spawn(process.execPath, ['--import', './src/telemetry.ts', 'src/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      OTEL_SERVICE_NAME: 'under-test',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
{%- if values.database %}
      // Connections are opened when they are needed, and this test needs none.
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
{%- endif %}
    },
  });
}

describe('the process', { timeout: 30_000 }, () => {
  let collector: Server;
  let exported: Buffer[];
  let service: ChildProcess;

  beforeEach(async () => {
    exported = [];
    collector = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => exported.push(chunk));
      request.on('end', () => response.end());
    });
    await once(collector.listen(0, '127.0.0.1'), 'listening');
    service = startService(collector);
  });

  afterEach(() => {
    service.kill('SIGKILL');
    collector.closeAllConnections();
    collector.close();
  });

  it('joins the trace of its caller, logs it, exports it, and stops when it is asked to', async () => {
    assert.ok(service.stdout);
    const lines: LogLine[] = [];
    for await (const text of createInterface(service.stdout)) {
      const line = JSON.parse(text) as LogLine;
      lines.push(line);
      const [, url] = /^Server listening at (.+)$/.exec(line.msg) ?? [];
      if (url) {
        const reply = await fetch(`${url}/v1/greetings/Ada`, { headers: { traceparent } });
        assert.equal(reply.status, 200);
        service.kill('SIGTERM');
      }
    }
    if (service.exitCode === null) await once(service, 'exit');
    assert.equal(service.exitCode, 0);
    const completed = lines.find(({ msg }) => msg === 'request completed');
    assert.equal(completed?.trace_id, traceId);
    assert.ok(Buffer.concat(exported).includes(Buffer.from(traceId, 'hex')));
  });
});
