import { describe, expect, it } from 'vitest';
import { repositoryName, suggestDescriptor } from './descriptor-suggestion.ts';

describe('the name of a repository', () => {
  it.each([
    ['https://git.example.com/team/ledger.git', 'ledger'],
    ['https://git.example.com/team/ledger/', 'ledger'],
    ['https://git.example.com/ledger?at=main#readme', 'ledger'],
    ['git@git.example.com:ledger.git', 'ledger'],
  ])('is the last part of %s', (target, name) => {
    expect(repositoryName(target)).toBe(name);
  });
});

describe('a suggested descriptor', () => {
  it('claims nothing of a host that is not known', () => {
    const { text } = suggestDescriptor({ description: { name: 'Night ledger!' }, owner: undefined });
    expect(text).toBe(
      [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        'metadata:',
        '  name: "Night-ledger"',
        'spec:',
        '  type: service',
        '  lifecycle: production',
        '  owner: # the team that owns it, for example team-a',
        '',
      ].join('\n'),
    );
  });
});
