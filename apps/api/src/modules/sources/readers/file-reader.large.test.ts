import { linkSync, mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listAll, summarize } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createFileReader } from './file-reader.ts';

const FILES = 50_000;
const folder = useTemporaryFolder();

it('lists a folder of 50,000 files, every one of them once', async () => {
  const first = folder.write('first.yaml', 'a');
  mkdirSync(folder.at('src'));
  const names = Array.from({ length: FILES }, (_, index) => `${String(index).padStart(5, '0')}.yaml`);
  // Names of one file, because they are made several times as fast as files.
  for (const name of names) linkSync(first, folder.at(`src/${name}`));
  const reader = createFileReader({
    target: folder.at('src'),
    pattern: undefined,
    maxFiles: FILES,
    maxFileBytes: 100,
  });
  expect(summarize(await listAll(reader))).toEqual({ paths: names, problems: [], isComplete: true });
}, 120_000);
