import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGitHubHost } from '../modules/sources/hosts/github-host.ts';
import type { AnswerMemory, HostedGit, HostedRepository } from '../modules/sources/hosts/hosted-git.ts';
import { gitId } from './git-tree.ts';
import {
  ORGANISATION,
  OWNER,
  startGitHubEmulator,
  type GitHubEmulator,
  type InjectedAnswer,
} from './github-emulator.ts';
import { loadGitHubSchema } from './github-schema.ts';
import { createRecordingFetch, type RecordedAnswer } from './recording-fetch.ts';

const schema = loadGitHubSchema();
const { signal } = new AbortController();
let github: GitHubEmulator;

beforeAll(async () => {
  github = await startGitHubEmulator(['zoe', 'yan']);
  await github.createRepository('shop', { 'catalog-info.yaml': 'kind: X', 'docs/deep/index.md': '# Ü' });
  await github.createRepository('empty');
  await github.createPersonalRepository('dotfiles');
  await github.createTeam('Core Team', ['zoe']);
});
afterAll(() => github[Symbol.asyncDispose]());
afterEach(() => {
  github.intercept = undefined;
  github.hasArchives = true;
});

/** Asks as the discovery does, and gives what came back over the wire. */
async function answersTo(call: (host: HostedGit) => Promise<unknown>): Promise<RecordedAnswer[]> {
  const recording = createRecordingFetch(github.url);
  const remembered = new Map<string, { etag: string; items: unknown }>();
  const memory: AnswerMemory = {
    find: async (request) => remembered.get(request),
    save: async (request, etag, items) => void remembered.set(request, { etag, items }),
  };
  const options = { host: 'github.com', apiBaseUrl: github.url, token: 'a-token', memory };
  // A refusal is an answer too: what the host makes of it is tested elsewhere.
  await call(createGitHubHost({ ...options, fetch: recording.fetch })).catch(() => undefined);
  return recording.answers;
}

/** Status and operation of an answer, with all in which it is not as GitHub describes it. */
function judged({ method, pathname, status, contentType, body }: RecordedAnswer): unknown[] {
  const operation = schema.operationOf(method, pathname);
  if (operation === undefined) return [status, pathname, contentType];
  return [status, operation, ...schema.differences({ method, operation, status, contentType, body })];
}

function named(name: string): HostedRepository {
  const unused = { id: '1', defaultBranch: 'main', isArchived: false, isFork: false, isEmpty: false };
  return {
    ...{ ...unused, fullName: `${ORGANISATION}/${name}`, visibility: 'public' },
    ...{ topics: [], changedAt: undefined },
  };
}

const LIST = '/orgs/{org}/repos';
const PERSONAL_LIST = '/users/{username}/repos';
const REPOSITORY = '/repos/{owner}/{repo}';
const TREE = `${REPOSITORY}/git/trees/{tree_sha}`;
const BLOB = `${REPOSITORY}/git/blobs/{file_sha}`;
const TARBALL = `${REPOSITORY}/tarball/{ref}`;
const TEAM_MEMBERS = '/orgs/{org}/teams/{team_slug}/members';
const archiveOf = (name: string, ref: string) => `/codeload/${ORGANISATION}/${name}/legacy.tar.gz/${ref}`;

describe('the emulated GitHub answers as GitHub describes it', () => {
  it.each<[string, (host: HostedGit) => Promise<unknown>, ...unknown[][]]>([
    ['repositories', (host) => host.repositories(ORGANISATION, signal), [200, LIST]],
    [
      'repositories that have not changed',
      async (host) => [
        await host.repositories(ORGANISATION, signal),
        await host.repositories(ORGANISATION, signal),
      ],
      [200, LIST],
      [304, LIST],
    ],
    [
      'repositories of a person',
      (host) => host.repositories(OWNER, signal),
      [404, LIST],
      [200, PERSONAL_LIST],
    ],
    [
      'repositories of nobody',
      (host) => host.repositories('nobody', signal),
      [404, LIST],
      [404, PERSONAL_LIST],
    ],
    ['a repository', (host) => host.repository(named('shop'), signal), [200, REPOSITORY]],
    ['an empty repository', (host) => host.repository(named('empty'), signal), [200, REPOSITORY]],
    ['no repository', (host) => host.repository(named('none'), signal), [404, REPOSITORY]],
    ['a tree', (host) => host.head(named('shop'), 'main', undefined, signal), [200, TREE]],
    ['a tree of no branch', (host) => host.head(named('shop'), 'none', undefined, signal), [404, TREE]],
    ['a tree without a commit', (host) => host.head(named('empty'), 'main', undefined, signal), [409, TREE]],
    ['a file', (host) => host.blob(named('shop'), gitId('blob', 'kind: X'), signal), [200, BLOB]],
    ['no file', (host) => host.blob(named('shop'), gitId('blob', 'none'), signal), [404, BLOB]],
    [
      'an archive',
      (host) => host.archive(named('shop'), 'main', signal),
      [302, TARBALL],
      [200, archiveOf('shop', 'main'), 'application/x-gzip'],
    ],
    [
      'an archive of no branch',
      (host) => host.archive(named('shop'), 'none', signal),
      [302, TARBALL],
      [404, archiveOf('shop', 'none'), 'text/plain; charset=utf-8'],
    ],
    ['an archive of no repository', (host) => host.archive(named('none'), 'main', signal), [404, TARBALL]],
    [
      'people and teams',
      (host) => host.organisation(ORGANISATION, signal),
      [200, '/orgs/{org}/members'],
      [200, '/orgs/{org}/teams'],
      // The emulator's own team of everybody comes first.
      [200, TEAM_MEMBERS],
      [200, TEAM_MEMBERS],
    ],
    ['people of nobody', (host) => host.organisation('nobody', signal), [404, '/orgs/{org}/members']],
  ])('asked for %s', async (_, call, ...expected) => {
    expect((await answersTo(call)).map(judged)).toEqual(expected);
  });

  it('with lists that are not empty', async () => {
    const lists = [
      ...(await answersTo((host) => host.repositories(ORGANISATION, signal))),
      ...(await answersTo((host) => host.repositories(OWNER, signal))).slice(1),
      ...(await answersTo((host) => host.organisation(ORGANISATION, signal))),
    ];
    const sizes = lists.map(({ body }) => (Array.isArray(body) ? body.length : 0));
    expect(sizes).toEqual([2, 1, 3, 2, 3, 1]);
  });

  it.each<InjectedAnswer>([
    { status: 401 },
    { status: 403 },
    { status: 403, headers: { 'x-ratelimit-remaining': '0' }, body: { message: 'API rate limit exceeded' } },
    { status: 429, headers: { 'retry-after': '60' }, body: { message: 'Too many requests' } },
  ])('when it refuses with $status', async (refusal) => {
    github.intercept = () => refusal;
    const [answer] = await answersTo((host) => host.repositories(ORGANISATION, signal));
    expect(answer && judged(answer)).toEqual([refusal.status, LIST]);
    // The description asks no field of an error; GitHub gives these.
    expect(answer?.body).toEqual({
      message: expect.any(String),
      documentation_url: expect.stringContaining('https://docs.github.com/'),
      status: String(refusal.status),
    });
  });

  it('where it has no archives', async () => {
    github.hasArchives = false;
    const answers = await answersTo((host) => host.archive(named('shop'), 'main', signal));
    expect(answers.map(judged)).toEqual([[404, TARBALL]]);
  });
});
