import { describe, expect, it } from 'vitest';
import { requestPath } from './server-client.ts';

describe('requestPath', () => {
  it('fills the parameters of the path, encoded', () => {
    const path = requestPath({ path: '/a/:kind/:name' }, { params: { kind: 'api', name: 'x/y' } });
    expect(path).toBe('/a/api/x%2Fy');
  });

  it('repeats a list and leaves out what is undefined', () => {
    const query = { facet: ['kind', 'spec.type'], limit: 20, cursor: undefined };
    expect(requestPath({ path: '/a' }, { query })).toBe('/a?facet=kind&facet=spec.type&limit=20');
    expect(requestPath({ path: '/a' }, { query: { cursor: undefined } })).toBe('/a');
  });

  it('refuses a path with a parameter that has no value', () => {
    expect(() => requestPath({ path: '/a/:id' }, {})).toThrow(/needs a value for id/);
  });
});
