import { randomBytes } from 'node:crypto';
import { queryEntities } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { componentYaml } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';
import { locationEntityName } from './readers/url/url-reader.ts';

const given = useUrlSources();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const GITLAB = 'https://gitlab.com/acme/group/shop/-/blob/main';

describe('one file by URL', () => {
  it.each([
    ['a GitHub page', `${GITHUB}/catalog-info.yaml`, 'acme/shop', 'catalog-info.yaml'],
    ['a raw GitHub page', 'https://github.com/acme/shop/raw/main/a b.yaml', 'acme/shop', 'a b.yaml'],
    ['a GitLab page', `${GITLAB}/deep/catalog-info.yaml`, 'acme/group/shop', 'deep/catalog-info.yaml'],
    ['an older GitLab page', 'https://gitlab.com/acme/shop/blob/main/x.yaml', 'acme/shop', 'x.yaml'],
  ])('comes through the API of the host of %s, with its token', async (_, url, repository, file) => {
    given.hosts.repositories[repository] = { [file]: componentYaml('one') };
    const { source } = await given.readUrl(url);
    expect(source).toMatchObject({ state: 'ready', counts: { files: 2, entities: 2, errors: 0 } });
    expect(await given.names()).toEqual(['one']);
    expect(given.hosts.requests).toHaveLength(1);
    const { authorization, 'private-token': privateToken } = given.hosts.requests[0]?.headers ?? {};
    expect([authorization, privateToken]).toContain(
      url.includes('gitlab') ? 'gitlab-secret' : 'Bearer github-secret',
    );
  });

  it('comes from any other listed host as it is, without a token', async () => {
    given.hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    await given.readUrl(`http://${given.hosts.host}/files/one.yaml`);
    expect(await given.names()).toEqual(['one']);
    expect(given.hosts.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('carries the annotations that Backstage gives it', async () => {
    given.hosts.repositories['acme/shop'] = { 'deep/one.yaml': componentYaml('one') };
    const target = `${GITHUB}/deep/one.yaml`;
    await given.readUrl(target);
    const expected = {
      'backstage.io/managed-by-location': `url:${target}`,
      'backstage.io/managed-by-origin-location': `url:${target}`,
      'backstage.io/view-url': target,
      'backstage.io/edit-url': 'https://github.com/acme/shop/edit/main/deep/one.yaml',
      'backstage.io/source-location': 'url:https://github.com/acme/shop/tree/main/deep/',
    };
    expect((await given.harness.entity('component', 'one'))?.metadata.annotations).toEqual(expected);
    const { items } = await given.harness.api.call(queryEntities, { query: { filter: ['kind=location'] } });
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
    given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
    const { id } = await given.readUrl(`${GITHUB}/one.yaml`);
    given.hosts.requests.length = 0;
    const source = await given.harness.read(id);
    expect(given.hosts.requests.map(({ status }) => status)).toEqual([304]);
    expect(source.counts).toMatchObject({ entities: 2, added: 0, changed: 0, removed: 0 });
    given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one', ['system: s']) };
    expect((await given.harness.read(id)).counts).toMatchObject({ changed: 1 });
  });

  it.each([
    ['it is gone', () => delete given.hosts.repositories['acme/shop'], 'url.missing'],
    ['its token is revoked', () => (given.hosts.failure = { status: 401 }), 'url.credentials-required'],
    [
      'the rate limit is used up',
      () => (given.hosts.failure = { status: 403, headers: { 'x-ratelimit-remaining': '0' } }),
      'url.rate-limited',
    ],
    ['the host has trouble', () => (given.hosts.failure = { status: 502 }), 'url.failed'],
  ])('keeps its last good entities when %s', async (_, fail, code) => {
    given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
    const { id } = await given.readUrl(`${GITHUB}/one.yaml`);
    fail();
    const source = await given.harness.read(id);
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(source.error?.hint).toMatch(/\w/);
    expect(await given.names()).toEqual(['one']);
  });

  it.each([
    ['https://evil.example/a.yaml', 'outbound.host-not-allowed'],
    ['https://github.com.evil.example/acme/shop/blob/main/one.yaml', 'outbound.host-not-allowed'],
    ['https://github.com@evil.example/acme/shop/blob/main/one.yaml', 'outbound.bad-url'],
    ['file:///etc/passwd', 'url.refused'],
    ['https://a:b.example/a.yaml', 'url.refused'],
    ['no url', 'url.refused'],
    [`${GITHUB}/%252e%252e/x.yaml`, 'url.refused'],
    ['https://github.com/acme/shop', 'url.not-a-file'],
    [`${GITHUB}/folder`, 'url.not-a-file'],
  ])('is refused at %s', async (target, code) => {
    given.hosts.repositories['acme/shop'] = { 'folder/x.yaml': componentYaml('x') };
    const { source } = await given.readUrl(target);
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(given.hosts.requests.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

describe('a pattern in a URL', () => {
  it.each([
    // The tree, the way to the archive and the archive; then the tree alone.
    ['GitHub', GITHUB, 'acme/shop', [3, 1]],
    // 150 folders and 151 files are four pages of a tree.
    ['GitLab', GITLAB, 'acme/group/shop', [5, 4]],
  ] as const)(
    'takes what matches from the tree of %s, and an archive where it is much',
    async (_, base, repository, [firstRequests, laterRequests]) => {
      const many = Array.from({ length: 150 }, (__, index) => [
        `s${index}/x.yaml`,
        componentYaml(`c${index}`),
      ]);
      given.hosts.repositories[repository] = { ...Object.fromEntries(many), 'other.txt': 'no' };
      const { id, source } = await given.readUrl(`${base}/**/x.yaml`);
      expect(source.counts).toMatchObject({ files: 151, entities: 151, errors: 0 });
      expect(given.hosts.requests).toHaveLength(firstRequests);
      given.hosts.requests.length = 0;
      const again = await given.harness.read(id);
      expect(again.counts).toMatchObject({ added: 0, changed: 0, removed: 0 });
      expect(given.hosts.requests).toHaveLength(laterRequests);
    },
  );

  it('reads a tree that the host cuts short from the archive', async () => {
    given.hosts.isTruncating = true;
    given.hosts.repositories['acme/shop'] = {
      'a/x.yaml': componentYaml('a'),
      'b/x.yaml': componentYaml('b'),
    };
    const { id } = await given.readUrl(`${GITHUB}/*/x.yaml`);
    expect(await given.names()).toEqual(['a', 'b']);
    delete given.hosts.repositories['acme/shop']['b/x.yaml'];
    await given.harness.read(id);
    expect(await given.names()).toEqual(['a']);
  });

  it('refuses an archive that unpacks to a multiple of itself, and keeps what was there', async () => {
    given.hosts.isTruncating = true;
    given.hosts.repositories['acme/shop'] = { 'a/x.yaml': componentYaml('a') };
    const { id } = await given.readUrl(`${GITHUB}/*/x.yaml`);
    given.hosts.repositories['acme/shop']['long.txt'] = 'x'.repeat(12 * 1024 * 1024);
    const source = await given.harness.read(id);
    expect(source).toMatchObject({ state: 'failed', error: { code: 'repository.archive-too-large' } });
    expect(source.error?.message).toMatch(/unpacks to more than [\d,]+ bytes/);
    expect(source.error?.hint).toContain('type git');
    expect(await given.names()).toEqual(['a']);
  });

  it('tells of a file in an archive that is too long to be read', async () => {
    given.hosts.isTruncating = true;
    given.hosts.repositories['acme/shop'] = {
      'a/x.yaml': componentYaml('a'),
      'b/x.yaml': 'x'.repeat(10 * 1024 * 1024) + randomBytes(100_000).toString('hex'),
    };
    const { id } = await given.readUrl(`${GITHUB}/*/x.yaml`);
    expect(await given.names()).toEqual(['a']);
    expect(await given.problemsOf(id)).toMatchObject([
      { code: 'file.too-large', path: `${GITHUB}/b/x.yaml` },
    ]);
  });

  it('gives each match the place of its own', async () => {
    given.hosts.repositories['acme/shop'] = { 'a/x.yaml': componentYaml('a') };
    const target = `${GITHUB}/{a,b}/*.yaml`;
    await given.readUrl(target);
    expect((await given.harness.entity('component', 'a'))?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${GITHUB}/a/x.yaml`,
      'backstage.io/managed-by-origin-location': `url:${target}`,
    });
  });

  it('that matches nothing says so in the words of Backstage', async () => {
    given.hosts.repositories['acme/shop'] = { 'a.txt': '' };
    const { source } = await given.readUrl(`${GITHUB}/**/x.yaml`);
    expect(source.error?.message).toMatch(/NotFoundError: .* no matching files found/);
  });
});
