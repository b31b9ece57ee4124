import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty folder for work that leaves nothing behind; it goes when it is disposed of. */
export interface ScratchFolder extends AsyncDisposable {
  readonly directory: string;
}

/** Makes a folder among those of the system for temporary files. */
export async function makeScratchFolder(purpose: string): Promise<ScratchFolder> {
  const directory = await mkdtemp(path.join(tmpdir(), `waymark-${purpose}-`));
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
