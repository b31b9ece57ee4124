import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder of its own for each test, removed after it. */
export interface TemporaryFolder {
  readonly path: string;
  /** Absolute path of something below the folder. */
  at(relativePath: string): string;
  /** Writes a file with the folders on its way; gives its absolute path. */
  write(relativePath: string, content: string | Uint8Array): string;
}

/** Gives each test of a file (or a `describe`) a new folder. */
export function useTemporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeEach(() => {
    // Resolved, because on some systems the folder for temporary files is itself a link.
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'waymark-api-')));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (relativePath: string) => path.join(folder, relativePath);
  return {
    get path() {
      return folder;
    },
    at,
    write(relativePath, content) {
      const file = at(relativePath);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}
