import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';

describe('the service', () => {
  let app: FastifyInstance;
  let isDependencyUp: boolean;

  beforeEach(() => {
    isDependencyUp = true;
    const dependency = async () => {
      if (!isDependencyUp) throw new Error('down');
    };
    app = buildApp({ readinessChecks: { dependency } });
  });

  afterEach(() => app.close());

  it('greets by name', async () => {
    const reply = await app.inject('/v1/greetings/Ada');
    assert.equal(reply.statusCode, 200);
    assert.deepEqual(reply.json(), { message: 'Hello, Ada!' });
  });

  it('refuses a name that is too long', async () => {
    const reply = await app.inject(`/v1/greetings/${'a'.repeat(51)}`);
    assert.equal(reply.statusCode, 400);
  });

  it('is ready only while what it needs works', async () => {
    assert.equal((await app.inject('/readyz')).statusCode, 200);
    isDependencyUp = false;
    const reply = await app.inject('/readyz');
    assert.equal(reply.statusCode, 503);
    assert.deepEqual(reply.json(), { status: 'unavailable', failed: ['dependency'] });
  });

  it('stays alive while what it needs is down, because a restart would not help', async () => {
    isDependencyUp = false;
    assert.equal((await app.inject('/livez')).statusCode, 200);
  });

  it('counts requests by route, so that names in paths make no new series', async () => {
    await app.inject('/v1/greetings/Ada');
    await app.inject('/v1/greetings/Grace');
    const { body, headers } = await app.inject('/metrics');
    assert.match(String(headers['content-type']), /^text\/plain/);
    assert.match(
      body,
      /^http_request_duration_seconds_count\{method="GET",route="\/v1\/greetings\/:name",status="200"\} 2$/m,
    );
  });
});
