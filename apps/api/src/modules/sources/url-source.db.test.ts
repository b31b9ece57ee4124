import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listSourceConflicts, listSourceProblems, queryEntities } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startFakeGitHosts, type FakeGitHosts } from '../../testing/fake-git-hosts.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml, makeSourceFolder } from '../../testing/source-folder.ts';
import { locationEntityName } from './readers/url/url-reader.ts';

const database = useTestDatabase();
let home: string;
let hosts: FakeGitHosts;
let harness: CatalogHarness;

const GITHUB = 'https://github.com/acme/shop/blob/main';
const GITLAB = 'https://gitlab.com/acme/group/shop/-/blob/main';

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  hosts = await startFakeGitHosts({});
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: {
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl: hosts.githubApi, token: 'github-secret' }],
        gitlab: [{ host: 'gitlab.com', apiBaseUrl: hosts.gitlabApi, token: 'gitlab-secret' }],
      },
      backend: { reading: { allow: [{ host: hosts.host, paths: ['/files/'] }] } },
    },
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await hosts[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
beforeEach(() => {
  for (const name of Object.keys(hosts.repositories)) delete hosts.repositories[name];
  hosts.requests.length = 0;
  hosts.failure = undefined;
  hosts.isTruncating = false;
});
afterEach(async () => {
  await harness.declare([]);
});

async function declare(...targets: string[]): Promise<string[]> {
  return harness.declare(targets.map((target) => ({ type: 'url', target, origin: 'config' as const })));
}

async function readUrl(target: string) {
  const [id = ''] = await declare(target);
  return { id, source: await harness.read(id) };
}

/** Names of what the catalog has, but for the Locations that registering makes. */
async function names(): Promise<string[]> {
  const { items } = await harness.api.call(queryEntities, { query: { limit: 1000 } });
  return items
    .map((entity) => entity.metadata?.name ?? '?')
    .filter((name) => !name.startsWith('generated-'))
    .sort();
}

async function problemsOf(id: string) {
  return (await harness.api.call(listSourceProblems, { params: { id }, query: {} })).items;
}

describe('one file by URL', () => {
  it.each([
    ['a GitHub page', `${GITHUB}/catalog-info.yaml`, 'acme/shop', 'catalog-info.yaml'],
    ['a raw GitHub page', 'https://github.com/acme/shop/raw/main/a b.yaml', 'acme/shop', 'a b.yaml'],
    ['a GitLab page', `${GITLAB}/deep/catalog-info.yaml`, 'acme/group/shop', 'deep/catalog-info.yaml'],
    ['an older GitLab page', 'https://gitlab.com/acme/shop/blob/main/x.yaml', 'acme/shop', 'x.yaml'],
  ])('comes through the API of the host of %s, with its token', async (_, url, repository, file) => {
    hosts.repositories[repository] = { [file]: componentYaml('one') };
    const { source } = await readUrl(url);
    expect(source).toMatchObject({ state: 'ready', counts: { files: 2, entities: 2, errors: 0 } });
    expect(await names()).toEqual(['one']);
    expect(hosts.requests).toHaveLength(1);
    const { authorization, 'private-token': privateToken } = hosts.requests[0]?.headers ?? {};
    expect([authorization, privateToken]).toContain(
      url.includes('gitlab') ? 'gitlab-secret' : 'Bearer github-secret',
    );
  });

  it('comes from any other listed host as it is, without a token', async () => {
    hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    await readUrl(`http://${hosts.host}/files/one.yaml`);
    expect(await names()).toEqual(['one']);
    expect(hosts.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('carries the annotations that Backstage gives it', async () => {
    hosts.repositories['acme/shop'] = { 'deep/one.yaml': componentYaml('one') };
    const target = `${GITHUB}/deep/one.yaml`;
    await readUrl(target);
    const expected = {
      'backstage.io/managed-by-location': `url:${target}`,
      'backstage.io/managed-by-origin-location': `url:${target}`,
      'backstage.io/view-url': target,
      'backstage.io/edit-url': 'https://github.com/acme/shop/edit/main/deep/one.yaml',
      'backstage.io/source-location': 'url:https://github.com/acme/shop/tree/main/deep/',
    };
    expect((await harness.entity('component', 'one'))?.metadata.annotations).toEqual(expected);
    const { items } = await harness.api.call(queryEntities, { query: { filter: ['kind=location'] } });
    expect(items).toMatchObject([
      {
        metadata: {
          name: expect.stringMatching(/^generated-[0-9a-f]{40}$/),
          namespace: 'default',
          annotations: expected,
        },
        spec: { type: 'url', target, presence: 'required' },
      },
    ]);
  });

  it('names a Location as Backstage does', () => {
    // Made with `printf 'url:https://example.com/a.yaml' | sha1sum`.
    expect(locationEntityName('url', 'https://example.com/a.yaml')).toBe(
      'generated-17fb6f13ffb6251438be1e4f37c6482b83ede45c',
    );
  });

  it('costs one conditional request while it stays as it is', async () => {
    hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
    const { id } = await readUrl(`${GITHUB}/one.yaml`);
    hosts.requests.length = 0;
    const source = await harness.read(id);
    expect(hosts.requests.map(({ status }) => status)).toEqual([304]);
    expect(source.counts).toMatchObject({ entities: 2, added: 0, changed: 0, removed: 0 });
    hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one', ['system: s']) };
    expect((await harness.read(id)).counts).toMatchObject({ changed: 1 });
  });

  it.each([
    ['it is gone', () => delete hosts.repositories['acme/shop'], 'url.missing'],
    ['its token is revoked', () => (hosts.failure = { status: 401 }), 'url.credentials-required'],
    [
      'the rate limit is used up',
      () => (hosts.failure = { status: 403, headers: { 'x-ratelimit-remaining': '0' } }),
      'url.rate-limited',
    ],
    ['the host has trouble', () => (hosts.failure = { status: 502 }), 'url.failed'],
  ])('keeps its last good entities when %s', async (_, fail, code) => {
    hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
    const { id } = await readUrl(`${GITHUB}/one.yaml`);
    fail();
    const source = await harness.read(id);
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(source.error?.hint).toMatch(/\w/);
    expect(await names()).toEqual(['one']);
  });

  it.each([
    ['https://evil.example/a.yaml', 'outbound.host-not-allowed'],
    ['https://github.com.evil.example/acme/shop/blob/main/one.yaml', 'outbound.host-not-allowed'],
    ['https://github.com@evil.example/acme/shop/blob/main/one.yaml', 'outbound.bad-url'],
    ['file:///etc/passwd', 'url.refused'],
    [`${GITHUB}/%252e%252e/x.yaml`, 'url.refused'],
    ['https://github.com/acme/shop', 'url.not-a-file'],
    [`${GITHUB}/folder`, 'url.not-a-file'],
  ])('is refused at %s', async (target, code) => {
    hosts.repositories['acme/shop'] = { 'folder/x.yaml': componentYaml('x') };
    const { source } = await readUrl(target);
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(hosts.requests.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

describe('a pattern in a URL', () => {
  it.each([
    ['GitHub', GITHUB, 'acme/shop'],
    ['GitLab', GITLAB, 'acme/group/shop'],
  ])(
    'takes what matches from the tree of %s, and an archive where it is much',
    async (_, base, repository) => {
      const many = Array.from({ length: 150 }, (__, index) => [
        `s${index}/x.yaml`,
        componentYaml(`c${index}`),
      ]);
      hosts.repositories[repository] = { ...Object.fromEntries(many), 'other.txt': 'no' };
      const { id, source } = await readUrl(`${base}/**/x.yaml`);
      expect(source.counts).toMatchObject({ files: 151, entities: 151, errors: 0 });
      expect(hosts.requests.length).toBeLessThan(5);
      hosts.requests.length = 0;
      const again = await harness.read(id);
      expect(again.counts).toMatchObject({ added: 0, changed: 0, removed: 0 });
      expect(hosts.requests.length).toBeLessThan(3);
    },
  );

  it('reads a tree that the host cuts short from the archive', async () => {
    hosts.isTruncating = true;
    hosts.repositories['acme/shop'] = { 'a/x.yaml': componentYaml('a'), 'b/x.yaml': componentYaml('b') };
    const { id } = await readUrl(`${GITHUB}/*/x.yaml`);
    expect(await names()).toEqual(['a', 'b']);
    delete hosts.repositories['acme/shop']['b/x.yaml'];
    await harness.read(id);
    expect(await names()).toEqual(['a']);
  });

  it('gives each match the place of its own', async () => {
    hosts.repositories['acme/shop'] = { 'a/x.yaml': componentYaml('a') };
    const target = `${GITHUB}/{a,b}/*.yaml`;
    await readUrl(target);
    expect((await harness.entity('component', 'a'))?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${GITHUB}/a/x.yaml`,
      'backstage.io/managed-by-origin-location': `url:${target}`,
    });
  });

  it('that matches nothing says so in the words of Backstage', async () => {
    hosts.repositories['acme/shop'] = { 'a.txt': '' };
    const { source } = await readUrl(`${GITHUB}/**/x.yaml`);
    expect(source.error?.message).toMatch(/NotFoundError: .* no matching files found/);
  });
});

describe('a Location in a file by URL', () => {
  it('leads relative to its file, to the root of the repository, and to other hosts', async () => {
    hosts.repositories['acme/shop'] = {
      'deep/all.yaml': locationYaml('all', ['./one.yaml']).replace('  type: file\n', ''),
      'deep/more.yaml': locationYaml(
        'more',
        ['../two.yaml', '/three.yaml', 'sub/*.yaml', `${GITLAB}/five.yaml`],
        [],
      ).replace('type: file', 'type: url'),
      'deep/one.yaml': componentYaml('one'),
      'two.yaml': componentYaml('two'),
      'three.yaml': componentYaml('three'),
      'deep/sub/four.yaml': componentYaml('four'),
    };
    hosts.repositories['acme/group/shop'] = { 'five.yaml': componentYaml('five') };
    const { source } = await readUrl(`${GITHUB}/deep/{all,more}.yaml`);
    expect(source.counts.errors).toBe(0);
    expect(await names()).toEqual(['all', 'five', 'four', 'more', 'one', 'three', 'two']);
    expect((await harness.entity('component', 'five'))?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${GITLAB}/five.yaml`,
      'backstage.io/managed-by-origin-location': `url:${GITHUB}/deep/{all,more}.yaml`,
    });
  });

  it.each([
    ['./missing.yaml', 'location.target-not-found'],
    ['./none/*.yaml', 'location.target-not-found'],
    ['https://evil.example/x.yaml', 'location.target-refused'],
    ['file:///etc/passwd', 'location.target-refused'],
    ['gopher://127.0.0.1/', 'location.target-refused'],
    ['../../../../../../evil/repo/blob/main/x.yaml', 'location.target-refused'],
    ['%2e%2e%2f%2e%2e/x.yaml', 'location.target-refused'],
    ['//evil.example/x.yaml', 'location.target-refused'],
  ])('that points at %s is an error of its line, and the rest loads', async (target, code) => {
    hosts.repositories['acme/shop'] = {
      'all.yaml': `${componentYaml('good')}---\n${locationYaml('all', [target]).replace('type: file', 'type: url')}`,
    };
    const { id } = await readUrl(`${GITHUB}/all.yaml`);
    expect(await names()).toEqual(['all', 'good']);
    expect(await problemsOf(id)).toMatchObject([
      { code, line: 10, entityRef: 'location:default/all', hint: expect.stringMatching(/\w/) },
    ]);
  });

  it('of type file is refused: it would be a file of this server', async () => {
    hosts.repositories['acme/shop'] = { 'all.yaml': locationYaml('all', ['/etc/passwd', './x.yaml']) };
    const { id } = await readUrl(`${GITHUB}/all.yaml`);
    expect((await problemsOf(id)).map(({ code }) => code)).toEqual([
      ...['location.target-refused', 'location.target-refused'],
    ]);
  });

  it('with presence optional may lead to nothing, and what was there goes', async () => {
    hosts.repositories['acme/shop'] = {
      'all.yaml': locationYaml('all', ['./one.yaml'], ['presence: optional']).replace(
        'type: file',
        'type: url',
      ),
      'one.yaml': componentYaml('one'),
    };
    const { id } = await readUrl(`${GITHUB}/all.yaml`);
    expect(await names()).toEqual(['all', 'one']);
    delete hosts.repositories['acme/shop']['one.yaml'];
    await harness.read(id);
    expect(await names()).toEqual(['all']);
    expect(await problemsOf(id)).toEqual([]);
  });

  it('keeps what it led to while that cannot be read, and says so until it can', async () => {
    hosts.repositories['acme/shop'] = {
      'all.yaml': locationYaml('all', [`http://${hosts.host}/files/one.yaml`]).replace(
        'type: file',
        'type: url',
      ),
    };
    hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    const { id } = await readUrl(`${GITHUB}/all.yaml`);
    delete hosts.repositories['plain/files'];
    expect((await harness.read(id)).counts).toMatchObject({ errors: 1, removed: 0 });
    expect(await names()).toEqual(['all', 'one']);
    const { counts } = await harness.read(id);
    expect(counts).toMatchObject({ errors: 1, removed: 0, changed: 0 });
    hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    expect((await harness.read(id)).counts).toMatchObject({ errors: 0, removed: 0 });
    expect(await names()).toEqual(['all', 'one']);
  });

  it('that points at itself, or in a circle, ends', async () => {
    const at = (target: string) =>
      locationYaml(target.slice(2, 3), [target]).replace('type: file', 'type: url');
    hosts.repositories['acme/shop'] = { 'a.yaml': at('./b.yaml'), 'b.yaml': at('./a.yaml') };
    const { source } = await readUrl(`${GITHUB}/a.yaml`);
    expect(source.counts).toMatchObject({ files: 3, errors: 0 });
  });
});

it('reads a URL that a Location in a folder of the server names', async () => {
  await using folder = await makeSourceFolder();
  hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
  await folder.write(
    'all.yaml',
    locationYaml('all', [`${GITHUB}/one.yaml`]).replace('type: file', 'type: url'),
  );
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(id);
  expect(await names()).toEqual(['all', 'one']);
  expect((await harness.entity('component', 'one'))?.metadata.annotations).toMatchObject({
    'backstage.io/managed-by-location': `url:${GITHUB}/one.yaml`,
    'backstage.io/managed-by-origin-location': `file:${folder.directory}`,
  });
  hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one', ['system: s']) };
  expect((await harness.read(id)).counts).toMatchObject({ changed: 1 });
});

it('takes a file that two sources reach for one, and a foreign claim for a conflict', async () => {
  hosts.repositories['acme/shop'] = {
    'one.yaml': componentYaml('one'),
    'all.yaml': locationYaml('all', ['./one.yaml']).replace('type: file', 'type: url'),
  };
  hosts.repositories['evil/shop'] = { 'one.yaml': componentYaml('one', ['system: evil']) };
  const evil = 'https://github.com/evil/shop/blob/main/one.yaml';
  const ids = await declare(`${GITHUB}/one.yaml`, `${GITHUB}/all.yaml`, evil);
  const [first, second, third] = [
    ...[await harness.read(ids[0] ?? ''), await harness.read(ids[1] ?? ''), await harness.read(ids[2] ?? '')],
  ];
  expect([first?.counts.conflicts, second?.counts.conflicts, third?.counts.conflicts]).toEqual([0, 0, 1]);
  expect((await harness.entity('component', 'one'))?.spec?.['system']).toBeUndefined();
  const conflictsOf = async (id = '') =>
    (await harness.api.call(listSourceConflicts, { params: { id }, query: {} })).items;
  expect(await conflictsOf(ids[1])).toEqual([]);
  expect(await conflictsOf(ids[2])).toMatchObject([
    { entityRef: 'component:default/one', path: evil, holder: { path: `${GITHUB}/one.yaml` } },
  ]);
});
