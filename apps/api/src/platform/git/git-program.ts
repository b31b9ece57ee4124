import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

const NAME = 'git';

/** What was found, and in which folders it was looked for. */
let known: { folders: string; program: string } | undefined;

/**
 * Where the machine's git lies, looked for once: `npm` puts a dozen folders in front of it, and whoever starts a program
 * by its name tries them all while the server waits. Its name alone where it is in none of them.
 */
export function gitProgram(): string {
  // eslint-disable-next-line waymark/no-process-env -- because it belongs to the machine, not to the product
  const folders = process.env['PATH'] ?? '';
  if (known?.folders !== folders) known = { folders, program: findIn(folders) ?? NAME };
  return known.program;
}

function findIn(folders: string): string | undefined {
  return folders
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.resolve(folder, NAME))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
