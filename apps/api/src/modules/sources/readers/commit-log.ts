import type { FileChange } from './source-reader.ts';

/**
 * Format for `git log -z --name-only`: id, author and subject, with NUL, which none of them can hold, between
 * them. An empty piece, which no path can be, begins the next commit.
 */
export const COMMIT_LOG_FORMAT = '%x00%H%x00%an <%ae>%x00%s';

const COMMIT_ID = /^[0-9a-f]{40,64}$/;
/** A longer author or subject is cut: both are written by whoever can push. */
const MAX_TEXT_LENGTH = 300;

/** The last commit that touched each path, of a log that begins with the newest. */
export function parseCommitLog(log: string): Map<string, FileChange> {
  const changes = new Map<string, FileChange>();
  const pieces = log.split('\0');
  let position = 0;
  while (position < pieces.length) {
    const [separator, id = '', author = '', subject = ''] = pieces.slice(position, position + 4);
    if (separator !== '' || !COMMIT_ID.test(id)) {
      position += 1;
      continue;
    }
    const change: FileChange = { revision: id, changedBy: clean(author), reason: clean(subject) };
    position += 4;
    for (let isFirst = true; (pieces[position] ?? '') !== ''; isFirst = false) {
      const piece = pieces[position] ?? '';
      // A line break stands between the header of a commit and its first path.
      const path = isFirst ? piece.replace(/^\n/, '') : piece;
      if (!changes.has(path)) changes.set(path, change);
      position += 1;
    }
  }
  return changes;
}

/** One line without control characters. */
function clean(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH);
}
