import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

interface LogLine {
  msg: string;
  done?: number;
  trace_id?: string;
}

describe('the process', { timeout: 30_000 }, () => {
  let collector: Server;
  let exported: Map<string, Buffer>;

  beforeEach(async () => {
    exported = new Map();
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        exported.set(request.url ?? '', Buffer.concat(chunks));
        response.end();
      });
    });
    await once(collector.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(() => {
    collector.closeAllConnections();
    collector.close();
  });

  it('does its work, tells about it in logs, traces and metrics, and ends', async () => {
    const { port } = collector.address() as AddressInfo;
    const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
    const { stdout } = await runFile(
      process.execPath,
      ['--import', './src/telemetry.ts', 'src/main.ts'],
      { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT } },
    );
    const lines = stdout.trim().split('\n');
    const ended = lines.map((line) => JSON.parse(line) as LogLine).at(-1);
    assert.equal(ended?.msg, 'run ended');
    assert.equal(ended.done, 3);
    assert.ok(exported.get('/v1/traces')?.includes(Buffer.from(ended.trace_id ?? '-', 'hex')));
    assert.ok(exported.get('/v1/metrics')?.includes('job.items'));
  });
});
