import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoFolderLocations, seedDemoFolders } from './demo-folders.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-demo-'));
});

afterAll(() => rm(home, { recursive: true }));

it('writes the organisation once, as folders in which the catalog finds it', async () => {
  expect(await seedDemoFolders({ home })).toMatchObject({ created: true });
  const [organisation, goldenPaths, ...systems] = demoFolderLocations({ home });
  expect(organisation?.target.endsWith('org')).toBe(true);
  expect(await readFile(join(goldenPaths?.target ?? '', goldenPaths?.path ?? ''), 'utf8')).toContain(
    './templates/node-service/template.yaml',
  );
  expect(systems).toHaveLength(25);
  for (const { target } of systems) {
    expect(await readFile(join(target, 'catalog-info.yaml'), 'utf8')).toContain('kind: System');
  }
  expect(await seedDemoFolders({ home })).toMatchObject({ created: false });
});
