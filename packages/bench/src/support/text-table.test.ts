import { describe, expect, it } from 'vitest';
import { formatTable } from './text-table.ts';

describe('formatTable', () => {
  it('puts text to the left and numbers to the right of columns as wide as their widest cell', () => {
    const table = formatTable(
      [{ title: 'query', isText: true }, { title: 'req/s' }],
      [
        ['by-name', '1,790'],
        ['facets', '12,345,678'],
      ],
    );
    expect(table.split('\n')).toEqual([
      'query         req/s', //
      'by-name       1,790',
      'facets   12,345,678',
    ]);
  });

  it('puts the title of a group over its first column, with a wider gap before the group', () => {
    const table = formatTable(
      [
        { title: 'query', isText: true },
        { title: 'p50', group: 'one' },
        { title: 'p99', group: 'one' },
        { title: 'p50', group: 'many' },
        { title: 'failed', group: '' },
      ],
      [['facets', '1', '2', '3', '0']],
    );
    expect(table.split('\n')).toEqual([
      '          one         many',
      'query     p50  p99    p50    failed',
      'facets      1    2      3         0',
    ]);
  });

  it('is its titles alone without rows', () => {
    expect(formatTable([{ title: 'a' }, { title: 'b' }], [])).toBe('a  b');
  });
});
