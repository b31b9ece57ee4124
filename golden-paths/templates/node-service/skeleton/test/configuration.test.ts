import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../src/configuration.ts';

{% if values.database -%}
const required = { DATABASE_URL: 'postgresql://127.0.0.1/test' };
{%- else -%}
const required = {};
{%- endif %}

describe('the configuration', () => {
  it('has a default for all that is not required', () => {
    const { host, port, logLevel } = readConfiguration(required);
    assert.deepEqual({ host, port, logLevel }, { host: '0.0.0.0', port: ${{ values.ports[0].port }}, logLevel: 'info' });
  });

  it('names the variable that cannot be used', () => {
    assert.throws(() => readConfiguration({ ...required, PORT: 'http' }), /PORT/);
{%- if values.database %}
    assert.throws(() => readConfiguration({}), /DATABASE_URL/);
{%- endif %}
  });
});
