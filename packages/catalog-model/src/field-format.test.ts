import { describe, expect, it } from 'vitest';
import { createKindRegistry } from './kind-registry.ts';
import { validateEntity } from './validate-entity.ts';

const kinds = createKindRegistry();

function problemsOf(name: string): string[] {
  const { problems } = validateEntity(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
      spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
    },
    kinds,
  );
  return problems.filter(({ level }) => level === 'error').map(({ message }) => message);
}

describe('a name that is good but for its length', () => {
  it('is accepted with 63 characters, and told its length with 64', () => {
    expect(problemsOf('n'.repeat(63))).toEqual([]);
    expect(problemsOf('n'.repeat(64))).toEqual([
      expect.stringContaining('64 characters; at most 63 are allowed'),
    ]);
  });

  it('is told what else is wrong with it when there is more', () => {
    expect(problemsOf(`a b${'n'.repeat(64)}`)).toEqual([
      expect.not.stringContaining('at most 63 are allowed'),
    ]);
  });
});
