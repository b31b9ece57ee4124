import { listSourceConflicts } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml, makeSourceFolder } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';

const given = useUrlSources();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const GITLAB = 'https://gitlab.com/acme/group/shop/-/blob/main';

describe('a Location in a file by URL', () => {
  it('leads relative to its file, to the root of the repository, and to other hosts', async () => {
    given.hosts.repositories['acme/shop'] = {
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
    given.hosts.repositories['acme/group/shop'] = { 'five.yaml': componentYaml('five') };
    const { source } = await given.readUrl(`${GITHUB}/deep/{all,more}.yaml`);
    expect(source.counts.errors).toBe(0);
    expect(await given.names()).toEqual(['all', 'five', 'four', 'more', 'one', 'three', 'two']);
    expect((await given.harness.entity('component', 'five'))?.metadata.annotations).toMatchObject({
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
    ['http://a:b.example/x.yaml', 'location.target-refused'],
    ['https://[', 'location.target-refused'],
  ])('that points at %s is an error of its line, and the rest loads', async (target, code) => {
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': `${componentYaml('good')}---\n${locationYaml('all', [target]).replace('type: file', 'type: url')}`,
    };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    expect(await given.names()).toEqual(['all', 'good']);
    expect(await given.problemsOf(id)).toMatchObject([
      { code, line: 10, entityRef: 'location:default/all', hint: expect.stringMatching(/\w/) },
    ]);
  });

  it('of type file is refused: it would be a file of this server', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': locationYaml('all', ['/etc/passwd', './x.yaml']) };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    expect((await given.problemsOf(id)).map(({ code }) => code)).toEqual([
      ...['location.target-refused', 'location.target-refused'],
    ]);
  });

  it('with presence optional may lead to nothing, and what was there goes', async () => {
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': locationYaml('all', ['./one.yaml'], ['presence: optional']).replace(
        'type: file',
        'type: url',
      ),
      'one.yaml': componentYaml('one'),
    };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    expect(await given.names()).toEqual(['all', 'one']);
    delete given.hosts.repositories['acme/shop']['one.yaml'];
    await given.harness.read(id);
    expect(await given.names()).toEqual(['all']);
    expect(await given.problemsOf(id)).toEqual([]);
  });

  it('keeps what it led to while that cannot be read, and says so until it can', async () => {
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': locationYaml('all', [`http://${given.hosts.host}/files/one.yaml`]).replace(
        'type: file',
        'type: url',
      ),
    };
    given.hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    delete given.hosts.repositories['plain/files'];
    expect((await given.harness.read(id)).counts).toMatchObject({ errors: 1, removed: 0 });
    expect(await given.names()).toEqual(['all', 'one']);
    const { counts } = await given.harness.read(id);
    expect(counts).toMatchObject({ errors: 1, removed: 0, changed: 0 });
    given.hosts.repositories['plain/files'] = { 'one.yaml': componentYaml('one') };
    expect((await given.harness.read(id)).counts).toMatchObject({ errors: 0, removed: 0 });
    expect(await given.names()).toEqual(['all', 'one']);
  });

  it('that points at itself, or in a circle, ends', async () => {
    const at = (target: string) =>
      locationYaml(target.slice(2, 3), [target]).replace('type: file', 'type: url');
    given.hosts.repositories['acme/shop'] = { 'a.yaml': at('./b.yaml'), 'b.yaml': at('./a.yaml') };
    const { source } = await given.readUrl(`${GITHUB}/a.yaml`);
    expect(source.counts).toMatchObject({ files: 3, errors: 0 });
  });
});

it('reads a URL that a Location in a folder of the server names', async () => {
  await using folder = await makeSourceFolder();
  given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
  await folder.write(
    'all.yaml',
    locationYaml('all', [`${GITHUB}/one.yaml`]).replace('type: file', 'type: url'),
  );
  const [id = ''] = await given.harness.declare([
    { type: 'file', target: folder.directory, origin: 'config' },
  ]);
  await given.harness.read(id);
  expect(await given.names()).toEqual(['all', 'one']);
  expect((await given.harness.entity('component', 'one'))?.metadata.annotations).toMatchObject({
    'backstage.io/managed-by-location': `url:${GITHUB}/one.yaml`,
    'backstage.io/managed-by-origin-location': `file:${folder.directory}`,
  });
  given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one', ['system: s']) };
  expect((await given.harness.read(id)).counts).toMatchObject({ changed: 1 });
});

it('takes a file that two sources reach for one, and a foreign claim for a conflict', async () => {
  given.hosts.repositories['acme/shop'] = {
    'one.yaml': componentYaml('one'),
    'all.yaml': locationYaml('all', ['./one.yaml']).replace('type: file', 'type: url'),
  };
  given.hosts.repositories['evil/shop'] = { 'one.yaml': componentYaml('one', ['system: evil']) };
  const evil = 'https://github.com/evil/shop/blob/main/one.yaml';
  const ids = await given.declare(`${GITHUB}/one.yaml`, `${GITHUB}/all.yaml`, evil);
  const [first, second, third] = [
    ...[
      await given.harness.read(ids[0] ?? ''),
      await given.harness.read(ids[1] ?? ''),
      await given.harness.read(ids[2] ?? ''),
    ],
  ];
  expect([first?.counts.conflicts, second?.counts.conflicts, third?.counts.conflicts]).toEqual([0, 0, 1]);
  expect((await given.harness.entity('component', 'one'))?.spec?.['system']).toBeUndefined();
  const conflictsOf = async (id = '') =>
    (await given.harness.api.call(listSourceConflicts, { params: { id }, query: {} })).items;
  expect(await conflictsOf(ids[1])).toEqual([]);
  expect(await conflictsOf(ids[2])).toMatchObject([
    { entityRef: 'component:default/one', path: evil, holder: { path: `${GITHUB}/one.yaml` } },
  ]);
});
