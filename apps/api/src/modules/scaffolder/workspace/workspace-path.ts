import { hasInvisible } from '@waymark/catalog-model';

/** A path that names no place in a workspace: `message` says why. */
export class WorkspacePathError extends Error {
  override readonly name = 'WorkspacePathError';
  readonly hint = 'Give a path below the workspace with / between folders, such as docs/index.md.';
}

/** What a name of a file may have on the usual file systems, in UTF-8. */
const MAX_SEGMENT_BYTES = 255;
const MAX_PATH_BYTES = 1_000;
const MAX_SHOWN = 200;

/**
 * The one form of a path in a workspace: relative, with `/`, without dot segments. Refused is everything that would
 * mean another place on some file system: what leads out, what Git keeps for itself, names that differ from others
 * only in ways that nobody sees. `''` is the workspace itself.
 *
 * @throws WorkspacePathError
 */
export function workspacePath(path: string): string {
  const refuse = (reason: string): never => {
    throw new WorkspacePathError(`${JSON.stringify(path.slice(0, MAX_SHOWN))} ${reason}.`);
  };
  if (path.includes('\0')) refuse('holds a NUL character');
  if (path.includes('\\')) refuse('holds a backslash');
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) refuse('is absolute');
  if (hasInvisible(path)) refuse('holds characters that cannot be seen or that turn the direction of text');
  if (path !== path.normalize('NFC')) refuse('is not in the composed form of Unicode (NFC)');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  for (const segment of segments) {
    if (segment === '..') refuse('leads out of the workspace');
    if (isGitFolder(segment)) refuse('lies in a folder that Git keeps for itself');
    if (/[. ]$/.test(segment)) refuse('has a name that ends with a dot or a blank');
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
      refuse(`has a name of more than ${MAX_SEGMENT_BYTES} bytes`);
  }
  const result = segments.join('/');
  if (Buffer.byteLength(result) > MAX_PATH_BYTES) refuse(`has more than ${MAX_PATH_BYTES} bytes`);
  return result;
}

/**
 * Names that some file system takes for `.git`: those of macOS and Windows know no capitals, and Windows has short names
 * (`git~1`) and streams (`.git::$INDEX_ALLOCATION`).
 */
function isGitFolder(segment: string): boolean {
  const name = segment.toLowerCase();
  return name === '.git' || /^git~\d+$/.test(name) || name.startsWith('.git:');
}
