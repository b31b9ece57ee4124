import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';

const pageDirectory = join(import.meta.dirname, '../../../docs/errors');
const table = Object.entries(problemCodes);
const pages = readdirSync(pageDirectory).filter((file) => file !== 'README.md');

describe('pages of errors', () => {
  it('exist for every problem code and for nothing else', () => {
    expect(pages.sort()).toEqual(table.map(([code]) => `${code}.md`).sort());
    expect(pages.length).toBeGreaterThan(0);
  });

  it.each(table)('say title, code and status of %s as the table has them', (code, { status, title }) => {
    const page = readFileSync(join(pageDirectory, `${code}.md`), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${title}\n\n\`${code}\` · HTTP ${status}\n`));
    expect(page).toContain('\n## What to do\n');
  });

  it('are listed in the index', () => {
    const index = readFileSync(join(pageDirectory, 'README.md'), 'utf8');
    expect(table.map(([code]) => code).filter((code) => !index.includes(`(${code}.md)`))).toEqual([]);
  });
});
