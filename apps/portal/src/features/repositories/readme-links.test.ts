import { expect, it } from 'vitest';
import { pageOfReadmeLink } from './readme-links.ts';

const repository = { owner: 'team-a', name: 'parcels' };
const from = (path: string, address: string) =>
  pageOfReadmeLink({ repository, gitRef: 'main', path }, address);

it('leads to files and folders beside the README, above it, and from the root', () => {
  expect(from('README.md', 'docs/a.md')).toBe('/repositories/team-a/parcels/blob/main/docs/a.md');
  expect(from('docs/README.md', '../src/main.ts#L3')).toBe(
    '/repositories/team-a/parcels/blob/main/src/main.ts',
  );
  expect(from('docs/README.md', './')).toBe('/repositories/team-a/parcels/tree/main/docs');
  expect(from('docs/README.md', '/LICENSE')).toBe('/repositories/team-a/parcels/blob/main/LICENSE');
  expect(from('docs/README.md', '/')).toBe('/repositories/team-a/parcels/tree/main');
});

it('never leaves the repository', () => {
  expect(from('docs/README.md', '../../../../etc/passwd')).toBe(
    '/repositories/team-a/parcels/blob/main/etc/passwd',
  );
  expect(from('README.md', '//evil.example/x')).toBeUndefined();
  expect(from('README.md', '\\\\evil.example/x')).toBeUndefined();
  expect(from('README.md', 'javascript:alert(1)')).toBeUndefined();
});

it('knows names with spaces and signs, and what is no address', () => {
  expect(from('a b/README.md', 'ü%20c.md')).toBe(
    '/repositories/team-a/parcels/blob/main/a%20b/%C3%BC%20c.md',
  );
  expect(from('README.md', '%')).toBeUndefined();
  expect(from('README.md', '#usage')).toBeUndefined();
  expect(from('README.md', '')).toBeUndefined();
});
