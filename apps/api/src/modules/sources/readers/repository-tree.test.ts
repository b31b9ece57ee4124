import { describe, expect, it } from 'vitest';
import { createSourceMatcher } from './descriptor-paths.ts';
import { RepositoryTree, settledRevision } from './repository-tree.ts';

function treeOf(paths: readonly string[], { links = [] as string[], maxFiles = 10 } = {}): RepositoryTree {
  const files = [...paths, ...links].map((path) => ({
    ...{ path, blobId: `id of ${path}`, bytes: path.length, isLink: links.includes(path) },
  }));
  return new RepositoryTree(files, { maxFiles, maxFileBytes: 12 });
}

const tree = treeOf(['apis/a.yaml', 'apis/b.yaml', 'openapi.yaml', 'odd[1].yaml'], {
  links: ['apis/link.yaml'],
});

function pathsOf(resolved: ReturnType<RepositoryTree['resolveTarget']>): string[] | string {
  return 'files' in resolved ? resolved.files.map(({ path }) => path) : resolved.message;
}

describe('a file of a repository', () => {
  it.each([
    ['./b.yaml', ['apis/b.yaml']],
    ['../openapi.yaml', ['openapi.yaml']],
    ['/openapi.yaml', ['openapi.yaml']],
    ['./*.yaml', ['apis/a.yaml', 'apis/b.yaml']],
    ['../odd[1].yaml', ['odd[1].yaml']],
    ['../../openapi.yaml', expect.stringContaining('outside')],
    ['/../openapi.yaml', expect.stringContaining('outside')],
    ['file:///etc/passwd', expect.stringContaining('outside')],
    ['https://example.com/a.yaml', expect.stringContaining('outside')],
    ['./link.yaml', expect.stringContaining('no file')],
    ['./none.yaml', expect.stringContaining('no file')],
    ['{'.repeat(600), expect.stringMatching(/\w/)],
  ])('means by the target %s', (target, expected) => {
    expect(pathsOf(tree.resolveTarget('apis/a.yaml', target))).toEqual(expected);
  });

  it.each([
    ['./b.yaml', ['apis/b.yaml']],
    ['../openapi.yaml', ['openapi.yaml']],
    ['/openapi.yaml', ['openapi.yaml']],
    ['../odd[1].yaml', ['odd[1].yaml']],
    ...['../../openapi.yaml', '/etc/passwd', 'file:///etc/passwd', './link.yaml', './*.yaml', ''].map(
      (target): [string, unknown] => [target, expect.stringContaining('is no file of the repository')],
    ),
  ])('means by the placeholder %s', (target, expected) => {
    expect(pathsOf(tree.resolveReference('apis/a.yaml', target))).toEqual(expected);
  });
});

describe('a listing', () => {
  const matches = createSourceMatcher('**/*.yaml');

  it('tells of links, and has the identities of git', () => {
    expect(tree.list('r1', matches)).toMatchObject({
      ...{ revision: 'r1', isComplete: true },
      files: expect.arrayContaining([{ path: 'openapi.yaml', contentId: 'id of openapi.yaml' }]),
      problems: [{ path: 'apis/link.yaml', code: 'file.outside-source' }],
    });
  });

  it('that is cut short settles its revision for this limit alone', () => {
    const { revision, files, problems } = treeOf(['a.yaml', 'b.yaml'], { maxFiles: 1 }).list('r1', matches);
    expect(files).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'source.too-many-files' }]);
    expect(settledRevision(revision, 1)).toBe('r1');
    expect(settledRevision(revision, 2)).toBe(revision);
    expect(settledRevision('r1', 2)).toBe('r1');
    expect(settledRevision(undefined, 2)).toBeUndefined();
  });

  it('has what is too long taken out before anything is fetched', () => {
    const uneven = treeOf(['short.yaml', 'much-longer.yaml']);
    const { readable, refused } = uneven.partition(uneven.list('r1', matches).files);
    expect(readable.map(({ path }) => path)).toEqual(['short.yaml']);
    expect(refused).toMatchObject([{ path: 'much-longer.yaml', problem: { code: 'file.too-large' } }]);
  });
});
