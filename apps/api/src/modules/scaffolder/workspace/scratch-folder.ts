import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty folder for work that leaves nothing behind; it goes when it is disposed of. */
export interface ScratchFolder extends AsyncDisposable {
  readonly directory: string;
  /** Writes a file of a path that has been judged, with the folders that lead to it. */
  write(file: string, bytes: Uint8Array): Promise<void>;
}

/** Makes a folder among those of the system for temporary files. */
export async function makeScratchFolder(purpose: string): Promise<ScratchFolder> {
  const directory = await mkdtemp(path.join(tmpdir(), `waymark-${purpose}-`));
  return {
    directory,
    async write(file, bytes) {
      const place = path.join(directory, file);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, bytes);
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
