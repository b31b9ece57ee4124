import { getEntityByName } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGitHubCatalog, type GitHubCatalog } from '../../testing/github-catalog.ts';
import { ORGANISATION } from '../../testing/github-emulator.ts';

const database = useTestDatabase();
let catalog: GitHubCatalog;

beforeAll(async () => {
  catalog = await startGitHubCatalog(database().url, 1, { githubOrg: { orgs: [ORGANISATION] } });
  await catalog.github.createTeam('Core Team', ['zoe']);
});
afterAll(() => catalog[Symbol.asyncDispose]());
beforeEach(async () => {
  catalog.github.intercept = undefined;
  await catalog.poll();
});

describe('people and teams of a GitHub organisation', () => {
  it('are Users and Groups as in Backstage, members on both sides', async () => {
    const group = await catalog.harness.entity('group', 'core-team');
    expect(group).toMatchObject({
      metadata: {
        annotations: {
          'github.com/team-slug': 'acme/core-team',
          'backstage.io/managed-by-location': 'url:https://github.com/orgs/acme/teams/core-team',
        },
      },
      spec: { type: 'team', profile: { displayName: 'Core Team' } },
    });
    expect(group?.relations).toContainEqual({ type: 'hasMember', targetRef: 'user:default/zoe' });
    expect(await catalog.harness.entity('user', 'zoe')).toMatchObject({
      metadata: { annotations: { 'github.com/user-login': 'zoe' } },
      spec: { memberOf: expect.arrayContaining(['core-team']) },
    });
  });

  it('are read page by page only when they changed', async () => {
    const organisation = /^\/orgs\/acme\/(members|teams)/;
    expect(catalog.callsTo(organisation)).toBeGreaterThan(0);
    const asked = catalog.github.calls.filter(({ path }) => organisation.test(path));
    await catalog.poll();
    const again = catalog.github.calls.filter(({ path }) => organisation.test(path));
    expect(again.map(({ path }) => path)).toEqual(asked.map(({ path }) => path));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([304]));
  });

  it('stay when the host describes one in a way that cannot be understood', async () => {
    const odd = [
      { id: -1, login: 'negative' },
      { id: 7, login: 'x'.repeat(10 * 1024 * 1024) },
      { id: 8, login: 'mal\u202eice' },
      { id: 'nine', login: 9 },
    ];
    catalog.github.intercept = (path) =>
      path.startsWith('/orgs/acme/members')
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: odd }
        : undefined;
    await catalog.poll();
    expect(await catalog.harness.entity('user', 'zoe')).toBeDefined();
    expect(await catalog.harness.entity('user', 'yan')).toBeDefined();
    expect(await catalog.harness.entity('user', 'negative')).toBeUndefined();
    const api = catalog.harness.api.call(getEntityByName, {
      params: { kind: 'user', namespace: 'default', name: 'mal\u202eice' },
      query: {},
    });
    await expect(api).rejects.toThrow();
  });

  it('stay when the token may not read the organisation', async () => {
    catalog.github.intercept = (path) => (path.includes('/teams') ? { status: 403 } : undefined);
    await catalog.poll();
    expect(await catalog.harness.entity('group', 'core-team')).toBeDefined();
    expect(await catalog.harness.entity('user', 'zoe')).toBeDefined();
  });
});
