import { describe, expect, test } from 'vitest';
import { ingestSchema, providersSchema } from './provider-config.ts';

function keysOf(value: unknown): Record<string, string> {
  const result = providersSchema.safeParse(value);
  const issues = result.error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

describe('providers', () => {
  test('are taken by name, or alone as the provider "default"', () => {
    const named = providersSchema.parse({ github: { one: { organization: 'acme' } } });
    expect(named.github).toEqual({
      one: {
        ...{ organization: 'acme', host: 'github.com', catalogPath: '/catalog-info.yaml' },
        filters: { topic: { include: [], exclude: [] }, allowForks: true, allowArchived: false },
      },
    });
    expect(providersSchema.parse({ github: { organization: 'acme' } }).github['default']).toEqual(
      named.github['one'],
    );
    const { gitlab } = providersSchema.parse({ gitlab: { host: 'gitlab.com', group: 'acme' } });
    expect(gitlab['default']).toMatchObject({ group: 'acme', entityFilename: 'catalog-info.yaml' });
  });

  test('of people and teams are one or a list', () => {
    const org = { id: 'main', githubUrl: 'https://github.example.com', orgs: ['acme'] };
    expect(providersSchema.parse({ githubOrg: org }).githubOrg).toEqual([org]);
    expect(providersSchema.parse({ githubOrg: [org, { orgs: ['b'] }] }).githubOrg).toEqual([
      org,
      { id: 'default', githubUrl: 'https://github.com', orgs: ['b'] },
    ]);
  });

  test('take what Backstage documents and has no effect here', () => {
    const schedule = { frequency: { minutes: 30 }, timeout: { minutes: 3 } };
    expect(
      keysOf({ github: { a: { organization: 'acme', schedule, validateLocationsExist: true } } }),
    ).toEqual({});
  });

  test('are refused by the key that is wrong', () => {
    expect(
      keysOf({
        github: {
          a: { organisation: 'acme' },
          b: { organization: 'acme', filters: { repository: '(', topics: [] } },
        },
        githubOrg: [{ orgs: [] }],
        gitlab: { a: { projectPattern: 'x'.repeat(501), orgEnabled: 'perhaps' } },
      }),
    ).toEqual({
      'github.a.organization': 'expected the name of an organisation',
      'github.a.organisation': expect.stringContaining('unknown key; expected one of organization'),
      'github.b.filters.repository':
        'expected a regular expression of RE2, which has no lookaround and no back references: missing closing ): `(`',
      'github.b.filters.topics': 'unknown key',
      'githubOrg.0.orgs': 'expected at least one organisation',
      'gitlab.a.projectPattern': expect.stringContaining('at most 500 characters'),
      'gitlab.a.orgEnabled': 'expected true or false',
    });
  });
});

test('webhook connections have one secret and one name each', () => {
  const one = { name: 'main', type: 'github', secret: 'long-enough' };
  expect(ingestSchema.parse({ connections: [one, { ...one, type: 'gitlab' }] }).connections).toHaveLength(2);
  const { error } = ingestSchema.safeParse({ connections: [one, { ...one, name: 'a b' }] });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['connections.1.name']);
  const twice = ingestSchema.safeParse({ connections: [one, one] });
  expect(twice.error?.issues[0]).toMatchObject({ path: ['connections', 1, 'name'] });
});
