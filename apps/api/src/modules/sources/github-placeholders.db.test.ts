import { listSourceProblems } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { apiYaml } from '../../testing/api-yaml.ts';
import { startGitHubCatalog, type GitHubCatalog } from '../../testing/github-catalog.ts';
import { componentYaml } from '../../testing/source-folder.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const database = useTestDatabase();
let catalog: GitHubCatalog;

beforeAll(async () => {
  catalog = await startGitHubCatalog(database().url, 0);
});
afterAll(() => catalog[Symbol.asyncDispose]());

async function definition(): Promise<unknown> {
  return (await catalog.harness.entity('api', 'pay'))?.spec?.['definition'];
}

async function errorsOf(repository: string) {
  const sources = await catalog.repositoriesIn('ready');
  const source = sources.find(({ target }) => target.endsWith(`/${repository}`));
  const { items } = await catalog.harness.api.call(listSourceProblems, {
    params: { id: source?.id ?? '0' },
    query: {},
  });
  return items.filter(({ level }) => level === 'error');
}

describe('a placeholder in a discovered repository', () => {
  it('gives the text of its file, for one call', async () => {
    await catalog.github.createRepository('pay', {
      'catalog-info.yaml': apiYaml('pay', './openapi.yaml'),
      'openapi.yaml': 'openapi: 3.1.0\n',
    });
    await catalog.poll();
    expect(await errorsOf('pay')).toEqual([]);
    expect(await definition()).toBe('openapi: 3.1.0\n');
    // The tree, the descriptor and the text.
    expect(catalog.callsTo(/\/repos\/acme\/pay\//)).toBe(3);
  });

  it.each([
    ['$json', '/docs/facts.json', '{"tier":1}'],
    ['$yaml', 'docs/facts.yaml', 'tier: 1'],
  ])('%s gives what its file says', async (placeholder, target, text) => {
    const name = `facts-${placeholder.slice(1)}`;
    await catalog.github.createRepository(name, {
      'catalog-info.yaml': componentYaml(name, [`facts: { ${placeholder}: ${target} }`]),
      [target.replace(/^\//, '')]: text,
    });
    await catalog.poll();
    expect((await catalog.harness.entity('component', name))?.spec?.['facts']).toEqual({ tier: 1 });
  });

  it('follows its file, and nothing is fetched while that stands still', async () => {
    await catalog.github.push('pay', 'README.md', 'About it');
    await catalog.poll();
    expect(catalog.callsTo(/\/git\/blobs\//)).toBe(0);
    await catalog.github.push('pay', 'openapi.yaml', 'openapi: 3.2.0\n');
    await catalog.poll();
    expect(await definition()).toBe('openapi: 3.2.0\n');
    await catalog.github.remove('pay', 'openapi.yaml');
    await catalog.poll();
    expect(await definition()).toBe('openapi: 3.2.0\n');
    expect(await errorsOf('pay')).toMatchObject([{ code: 'entity.bad-placeholder', line: 9 }]);
  });

  it.each([
    ['../outside.yaml', /no file of the repository/],
    ['/../../etc/passwd', /no file of the repository/],
    ['file:///etc/passwd', /\w/],
    ['https://evil.example/openapi.yaml', /\w/],
    ['./*.yaml', /no file of the repository/],
  ])('to %s is refused, and the last good entity stays', async (target, message) => {
    await catalog.github.push('pay', 'catalog-info.yaml', apiYaml('pay', target));
    await catalog.poll();
    expect(await errorsOf('pay')).toMatchObject([
      {
        ...{ code: 'entity.bad-placeholder', line: 9, entityRef: 'api:default/pay' },
        message: expect.stringMatching(message),
      },
    ]);
    expect(await definition()).toBe('openapi: 3.2.0\n');
    expect(catalog.callsTo(/\/git\/blobs\//)).toBe(1);
  });
});
