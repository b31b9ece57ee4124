import { describe, expect, it } from 'vitest';
import { textReader } from './entity-value.ts';
import { fieldProblem } from './field-problems.ts';
import { filterTexts, namedBy, onlyKind } from './field-options.ts';
import { readRepoUrl, writeRepoUrl } from './repo-url-value.ts';

describe('the filter of a field', () => {
  it('is a mapping or a list of them, with texts, lists and what must be there', () => {
    expect(
      filterTexts({
        catalogFilter: {
          kind: ['Group', 'User'],
          'spec.type': 'team',
          'metadata.annotations.x': { exists: true },
        },
      }),
    ).toEqual(['kind=Group,kind=User,spec.type=team,metadata.annotations.x']);
    expect(
      filterTexts({ catalogFilter: [{ kind: 'System' }, { kind: 'Domain' }] }, ['relations.ownedBy=a']),
    ).toEqual(['kind=System,relations.ownedBy=a', 'kind=Domain,relations.ownedBy=a']);
    expect(filterTexts({ allowedKinds: ['API'] })).toEqual(['kind=API']);
    expect(filterTexts({})).toEqual([]);
  });

  it('tells the only kind that it leaves', () => {
    expect(onlyKind({ catalogFilter: { kind: 'System' } })).toBe('System');
    expect(onlyKind({ catalogFilter: { kind: ['A', 'B'] } })).toBeUndefined();
    expect(onlyKind({})).toBeUndefined();
  });
});

describe('a filter narrowed to what a text names', () => {
  it('asks for the name in each alternative, with the kind and namespace that are written', () => {
    expect(namedBy('Web', [])).toEqual(['metadata.name=web']);
    expect(namedBy('pay/web', ['kind=System', 'kind=Domain'])).toEqual([
      'kind=System,metadata.namespace=pay,metadata.name=web',
      'kind=Domain,metadata.namespace=pay,metadata.name=web',
    ]);
    expect(namedBy('group:default/web', ['kind=Group,kind=User,spec.type=team'])).toEqual([
      'spec.type=team,kind=group,metadata.namespace=default,metadata.name=web',
    ]);
  });

  it('never asks for more than the filter lets through', () => {
    const mine = ['kind=group,metadata.name=web', 'kind=group,metadata.name=shop'];
    expect(namedBy('web', mine)).toEqual(['kind=group,metadata.name=web']);
    expect(namedBy('pay', mine)).toEqual([]);
    expect(namedBy('component:default/web', mine)).toEqual([]);
  });

  it('is empty for a text that can be no name', () => {
    expect(namedBy('two words', [])).toEqual([]);
    expect(namedBy('a,kind=user', [])).toEqual([]);
    expect(namedBy('', [])).toEqual([]);
  });
});

describe('a text that is no choice', () => {
  it('is a reference with the defaults of the field', () => {
    expect(textReader({ defaultNamespace: 'pay' }, 'group')?.('Team')).toBe('group:pay/team');
    expect(textReader({ catalogFilter: { kind: 'System' } })?.('shop')).toBe('system:default/shop');
    expect(textReader({})?.('anything')).toBe('anything');
  });

  it('is nothing where the template takes only choices', () => {
    expect(textReader({ allowArbitraryValues: false }, 'group')).toBeUndefined();
  });
});

describe('the address of a repository', () => {
  it('is read and written alike', () => {
    const url = readRepoUrl('github.com?repo=a%20b&owner=acme&unknown=1');
    expect(url).toEqual({ host: 'github.com', parts: { owner: 'acme', repo: 'a b' } });
    expect(url && writeRepoUrl(url)).toBe('github.com?owner=acme&repo=a+b');
    expect(readRepoUrl('127.0.0.1:7100?owner=a&repo=b')?.host).toBe('127.0.0.1:7100');
    expect(writeRepoUrl({ host: 'github.com', parts: { owner: ' ' } })).toBeUndefined();
    expect(readRepoUrl(undefined)).toBeUndefined();
  });

  it('must be whole and allowed', () => {
    const problem = (value: string, options = {}) => fieldProblem('RepoUrlPicker', value, options);
    expect(problem('github.com?owner=acme&repo=pay')).toBeUndefined();
    expect(problem('github.com?repo=pay')).toBe('Fill in the owner.');
    expect(problem('dev.azure.com?repo=pay')).toBe('Fill in the organization and the project.');
    expect(problem('github.com?owner=acme&repo=a/b')).toMatch(/letters, digits/);
    expect(problem('github.com?owner=x&repo=b', { allowedOwners: ['acme', 'lab'] })).toBe(
      'The owner must be acme or lab.',
    );
    expect(problem('evil.test?owner=x&repo=b', { allowedHosts: ['github.com'] })).toMatch(/hosts github.com/);
  });
});

it('names and tags are those that the catalog takes', () => {
  expect(fieldProblem('EntityNamePicker', 'a.b_c-1', {})).toBeUndefined();
  expect(fieldProblem('EntityNamePicker', '-a', {})).toMatch(/begins and ends/);
  expect(fieldProblem('EntityNamePicker', 'a'.repeat(64), {})).toMatch(/63/);
  expect(fieldProblem('EntityTagsPicker', ['a', 'c++', 'team:x', 'a-b'], {})).toBeUndefined();
  expect(fieldProblem('EntityTagsPicker', ['a', 'B c'], {})).toMatch(/“B c”/);
  expect(fieldProblem('EntityNamePicker', undefined, {})).toBeUndefined();
});
