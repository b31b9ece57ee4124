import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateCatalog } from '../catalog-generator.ts';
import { retitleLastComponent } from './changed-file.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waymark-changed-file-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('retitleLastComponent', () => {
  it('changes the title of one entity of a generated file and nothing else', async () => {
    const { files } = await generateCatalog({ entities: 100, directory });
    const before = await readFile(files.at(-1) ?? '', 'utf8');

    const { text, component } = retitleLastComponent(before, 'Another title');

    const [old, now] = [before, text].map((file) =>
      parseAllDocuments(file).map((document) => document.toJS()),
    );
    const changed = now?.findIndex((entity) => entity.metadata.name === component) ?? -1;
    expect(now?.[changed]).toEqual({
      ...old?.[changed],
      metadata: { ...old?.[changed].metadata, title: 'Another title' },
    });
    expect(now?.toSpliced(changed, 1)).toEqual(old?.toSpliced(changed, 1));
  });

  it('can change the same entity again', async () => {
    const { files } = await generateCatalog({ entities: 100, directory });
    const first = retitleLastComponent(await readFile(files.at(-1) ?? '', 'utf8'), 'First');
    const second = retitleLastComponent(first.text, 'Second');
    expect(second.component).toBe(first.component);
    expect(second.text).not.toContain('First');
  });

  it.each([
    ['without a component', '---\nkind: Group\nmetadata:\n  name: team\n  title: Team\n'],
    ['whose component has no title', '---\napiVersion: a\nkind: Component\nmetadata:\n  name: payments\n'],
  ])('refuses a file %s', (_, text) => {
    expect(() => retitleLastComponent(text, 'Another title')).toThrow(/no component/);
  });
});
