import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseEntityRef } from '@backstage/catalog-model';
import { isBinaryFileSync } from 'isbinaryfile';
import { createTemplateRenderer } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { createTemplateFilters } from './template-filters.ts';
import { renderWithNunjucks } from './testing/nunjucks-oracle.ts';

const corpora = process.env['WAYMARK_CORPORA'] ?? resolve(import.meta.dirname, '../../../../shared/corpora');
const folder = join(corpora, 'templates');
const hasCorpora = existsSync(folder);
if (!hasCorpora) console.warn(`corpus not found, skipped: no folder ${folder} (set WAYMARK_CORPORA)`);

/** What the engine refuses on purpose, by a part of its reason. */
const refusals = ['replaceAll" resolved to undefined and cannot be called'];

function templateFiles(): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), bytes: readFileSync(path) }))
    .filter(({ bytes }) => !isBinaryFileSync(bytes))
    .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }))
    .filter(({ text }) => /\$\{\{|\{[%#{]/.test(text));
}

/** A text for every value that a file names. */
function contextFor(text: string): { values: Record<string, string> } {
  const names = [...text.matchAll(/values\.(\w+)/g)].map(([, name = '']) => name);
  return { values: Object.fromEntries(names.map((name) => [name, `the ${name}`])) };
}

function outcomeOf(render: () => string): { text: string } | { reason: string } {
  try {
    return { text: render() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

describe.skipIf(!hasCorpora)('rendering of the corpora', () => {
  it('equals that of Nunjucks byte for byte, but for what is refused on purpose', () => {
    const filters = createTemplateFilters({ hostTypeOf: () => 'github', parseRef: parseEntityRef });
    const renderer = createTemplateRenderer({ filters });
    const differences: string[] = [];
    let rendered = 0;
    for (const { path, text } of templateFiles()) {
      const context = contextFor(text);
      const ours = outcomeOf(() => renderer.render(text, context));
      const theirs = outcomeOf(() => renderWithNunjucks(text, context, { filters }));
      if ('text' in ours) rendered += 1;
      const isEqual = 'text' in ours ? 'text' in theirs && ours.text === theirs.text : 'reason' in theirs;
      if (isEqual || ('reason' in ours && refusals.some((reason) => ours.reason.includes(reason)))) continue;
      differences.push(`${path}: ${'reason' in ours ? ours.reason : 'other text'}`);
    }
    expect(differences).toEqual([]);
    expect(rendered).toBeGreaterThan(100);
  });
});
