import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const repositoryDirectory = join(import.meta.dirname, '../../..');
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: repositoryDirectory })];

/** Targets of Markdown links and images that point into the repository, without their anchor. */
function localTargets(markdown: string): string[] {
  const withoutCode = markdown.replaceAll(/```[^]*?```/g, '');
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.split('#')[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

describe('links of the documentation', () => {
  it.each(documents)('lead somewhere in %s', (document) => {
    const targets = localTargets(readFileSync(join(repositoryDirectory, document), 'utf8'));
    const folder = join(repositoryDirectory, dirname(document));
    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });

  it('reach every page from the index of its folder', () => {
    const indexes = documents.filter((document) => document.endsWith('README.md'));
    const linked = indexes.flatMap((index) =>
      localTargets(readFileSync(join(repositoryDirectory, index), 'utf8')).map((target) =>
        join(dirname(index), target),
      ),
    );
    const pages = documents.filter((document) => document !== 'README.md');
    expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
    expect(pages.length).toBeGreaterThan(20);
  });
});
