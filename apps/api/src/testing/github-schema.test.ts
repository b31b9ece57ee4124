import { expect, it } from 'vitest';
import { githubListedRepository, githubRepository, type RepositoryFacts } from './github-resources.ts';
import { loadGitHubSchema, type GitHubAnswer } from './github-schema.ts';

const schema = loadGitHubSchema();
const API = 'https://api.github.com';
const facts: RepositoryFacts = {
  ...{ id: 1, full_name: 'acme/shop', private: false, description: null, language: null, topics: [] },
  ...{ owner: { login: 'acme', id: 2, type: 'Organization' }, size: 0, archived: false, pushed_at: null },
  ...{ default_branch: 'main', created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' },
};
const repository = githubRepository(facts, API);
const listed = githubListedRepository(facts, API);

function differences(answer: Partial<GitHubAnswer>): string[] {
  return schema.differences({
    ...{ method: 'GET', operation: '/repos/{owner}/{repo}', status: 200 },
    ...{ contentType: 'application/json; charset=utf-8', body: repository },
    ...answer,
  });
}

it('finds nothing in what is as described', () => {
  expect(differences({})).toEqual([]);
  expect(differences({ operation: '/orgs/{org}/repos', body: [listed] })).toEqual([]);
  expect(differences({ status: 304, body: undefined })).toEqual([]);
});

it.each<[string, Partial<GitHubAnswer>, string]>([
  [
    'a field that is missing',
    { body: { ...repository, pushed_at: undefined } },
    " must have required property 'pushed_at'",
  ],
  ['a field of another type', { body: { ...repository, pushed_at: 1 } }, '/pushed_at must be string'],
  ['a null where none may be', { body: { ...repository, pushed_at: null } }, '/pushed_at must be string'],
  [
    'a time that is none',
    { body: { ...repository, pushed_at: 'yesterday' } },
    '/pushed_at must match format "date-time"',
  ],
  [
    'a field of a list item',
    { operation: '/orgs/{org}/repos', body: [listed, { ...listed, id: 'one' }] },
    '/1/id must be integer',
  ],
  [
    'a field that nobody knows',
    { operation: '/orgs/{org}/repos', body: [{ ...listed, owner: { ...listed.owner, email_of: 'x' } }] },
    '/0/owner/email_of is unknown',
  ],
  ['a status that is not described', { status: 418 }, 'GET /repos/{owner}/{repo} has no answer 418'],
  ['a body where there is none', { status: 304, body: {} }, '304 has no body'],
  [
    'another content type',
    { contentType: 'text/html; charset=utf-8' },
    'the content type is text/html, not application/json',
  ],
  ['an error that is none', { status: 404, body: { message: 404 } }, '/message must be string'],
  ['an operation that is none', { operation: '/repos/{id}' }, 'GET /repos/{id} has no answer 200'],
])('finds %s', (_, answer, difference) => {
  expect(differences(answer)).toEqual([difference]);
});

it.each([
  ['/repos/acme/shop', '/repos/{owner}/{repo}'],
  ['/repos/acme/shop/contents/docs/a%20b.md', '/repos/{owner}/{repo}/contents/{path}'],
  ['/repos/acme/shop/tarball/feature/x', '/repos/{owner}/{repo}/tarball/{ref}'],
  ['/orgs/acme/teams/core/members', '/orgs/{org}/teams/{team_slug}/members'],
  ['/codeload/acme/shop/legacy.tar.gz/main', undefined],
])('knows the operation behind %s', (pathname, operation) => {
  expect(schema.operationOf('GET', pathname)).toBe(operation);
});
