import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../src/configuration.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    assert.deepEqual(readConfiguration({}), { logLevel: 'info', concurrency: 4 });
  });

  it('names the variable that cannot be used', () => {
    for (const CONCURRENCY of ['0', '1.5', 'many']) {
      assert.throws(() => readConfiguration({ CONCURRENCY }), /CONCURRENCY/);
    }
  });
});
