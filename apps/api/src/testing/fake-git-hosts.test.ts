import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGitHubApi } from '../modules/sources/readers/url/github-api.ts';
import type { HostApi } from '../modules/sources/readers/url/host-api.ts';
import { startFakeGitHosts, type FakeGitHosts } from './fake-git-hosts.ts';
import { loadGitHubSchema } from './github-schema.ts';
import { createRecordingFetch, type RecordedAnswer } from './recording-fetch.ts';

const schema = loadGitHubSchema();
const { signal } = new AbortController();
const FILES = { 'catalog-info.yaml': 'kind: X', 'docs/ü.md': '# Ü', 'docs/deep/index.md': '' };
let hosts: FakeGitHosts;

beforeAll(async () => {
  hosts = await startFakeGitHosts({ 'acme/shop': FILES, 'acme/empty': {} });
});
afterAll(() => hosts[Symbol.asyncDispose]());
afterEach(() => {
  hosts.failure = undefined;
});

/** Asks as the sources by URL do, and gives what came back over the wire. */
async function answersTo(call: (api: HostApi) => Promise<unknown>): Promise<RecordedAnswer[]> {
  const recording = createRecordingFetch(hosts.githubApi);
  const api = createGitHubApi((path, request) => recording.fetch(`${hosts.githubApi}${path}`, request));
  // A refusal is an answer too: what is made of it is tested elsewhere.
  await call(api).catch(() => undefined);
  return recording.answers;
}

/** Status and operation of an answer, with all in which it is not as GitHub describes it. */
function judged({ method, pathname, status, contentType, body }: RecordedAnswer): unknown[] {
  const operation = schema.operationOf(method, pathname);
  if (operation === undefined) return [status, contentType];
  return [status, operation, ...schema.differences({ method, operation, status, contentType, body })];
}

const REPOSITORY = '/repos/{owner}/{repo}';
const CONTENTS = `${REPOSITORY}/contents/{path}`;
const TREE = `${REPOSITORY}/git/trees/{tree_sha}`;
const TARBALL = `${REPOSITORY}/tarball/{ref}`;
const shop = { repository: 'acme/shop', ref: 'main' };
const none = { repository: 'acme/none', ref: 'main' };
/** The description knows files in JSON alone; which type a raw one has stands in GitHub's guide to media types. */
const RAW =
  'the content type is application/vnd.github.raw, not application/vnd.github.object or application/json';

async function openTwice(api: HostApi): Promise<void> {
  const first = await api.openFile({ ...shop, path: 'docs/ü.md' }, undefined, signal);
  await api.openFile({ ...shop, path: 'docs/ü.md' }, first.headers.get('etag') ?? undefined, signal);
}

describe('the fake GitHub answers as GitHub describes it', () => {
  it.each<[string, (api: HostApi) => Promise<unknown>, ...unknown[][]]>([
    ['a file, twice', openTwice, [200, CONTENTS, RAW], [304, CONTENTS]],
    ['a folder', (api) => api.openFile({ ...shop, path: 'docs' }, undefined, signal), [200, CONTENTS]],
    ['no file', (api) => api.openFile({ ...shop, path: 'none' }, undefined, signal), [404, CONTENTS]],
    ['a tree', (api) => api.readTree(shop, signal), [200, TREE]],
    ['no tree', (api) => api.readTree(none, signal), [404, TREE]],
    ['an empty tree', (api) => api.readTree({ ...shop, repository: 'acme/empty' }, signal), [409, TREE]],
    ['a repository', (api) => api.describe('acme/shop', signal), [200, REPOSITORY]],
    ['no repository', (api) => api.describe('acme/none', signal), [404, REPOSITORY]],
    ['an archive', (api) => api.openArchive(shop, signal), [302, TARBALL], [200, 'application/x-gzip']],
    ['no archive', (api) => api.openArchive(none, signal), [404, TARBALL]],
  ])('asked for %s', async (_, call, ...expected) => {
    expect((await answersTo(call)).map(judged)).toEqual(expected);
  });

  it('with lists that are not empty', async () => {
    const [folder] = await answersTo((api) => api.openFile({ ...shop, path: 'docs' }, undefined, signal));
    expect(folder?.body).toMatchObject([
      { path: 'docs/deep', type: 'dir' },
      { path: 'docs/ü.md', type: 'file', size: 4 },
    ]);
    const [tree] = await answersTo((api) => api.readTree(shop, signal));
    expect(tree?.body).toMatchObject({ tree: { length: 5 } });
  });

  it('when it cuts a tree short', async () => {
    hosts.isTruncating = true;
    const answers = await answersTo((api) => api.readTree(shop, signal));
    hosts.isTruncating = false;
    expect(answers.map(judged)).toEqual([[200, TREE]]);
  });

  it.each([401, 403, 429])('when it refuses with %i', async (status) => {
    hosts.failure = { status };
    const [answer] = await answersTo((api) => api.describe('acme/shop', signal));
    expect(answer && judged(answer)).toEqual([status, REPOSITORY]);
    // The description asks no field of an error; GitHub gives these.
    expect(answer?.body).toEqual({
      message: expect.any(String),
      documentation_url: expect.stringContaining('https://docs.github.com/'),
      status: String(status),
    });
  });
});
