import type { Commit } from '../repositories/commits.ts';

/** The one branch of a demo repository. */
export const demoBranch = 'main';

/**
 * The commits as a stream for `git fast-import` (format: git-fast-import(1)), oldest first, all on
 * {@link demoBranch}. Names, dates and texts come from the commits alone, so the commit ids are always the same.
 */
export function fastImportStream(commits: readonly Commit[]): Buffer {
  const parts: Buffer[] = [Buffer.from('feature done\n')];
  for (const commit of commits) {
    const who = `${commit.author.name} <${commit.author.email}> ${Math.floor(commit.at.getTime() / 1000)} +0000`;
    parts.push(Buffer.from(`commit refs/heads/${demoBranch}\nauthor ${who}\ncommitter ${who}\n`));
    parts.push(dataBlock(`${commit.message}\n`));
    for (const [path, text] of commit.files) parts.push(...fileCommand(path, text));
  }
  parts.push(Buffer.from('done\n'));
  return Buffer.concat(parts);
}

function fileCommand(path: string, text: string | undefined): Buffer[] {
  if (text === undefined) return [Buffer.from(`D ${path}\n`)];
  return [Buffer.from(`M 100644 inline ${path}\n`), dataBlock(text)];
}

/** The length is in bytes, and the line end after the data is not part of it. */
function dataBlock(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}
