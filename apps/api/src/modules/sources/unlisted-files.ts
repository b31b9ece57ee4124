import { createHash } from 'node:crypto';
import type { IncomingFile } from './ingestion.repository.ts';
import { unreadableFile } from './parsing/parsed-file.ts';
import type { SourceListing } from './readers/source-reader.ts';

/** Begins the content id of a path that was seen and cannot be read: never equal to a real one. */
export const UNLISTED = 'unlisted';

/**
 * Paths that the listing saw and could not take: they keep what they had, and say why. Their content goes by what
 * they say, so that a problem that stays is nothing new.
 */
export function unlistedFiles({ files, problems }: SourceListing): IncomingFile[] {
  const listed = new Set(files.map(({ path }) => path));
  const byPath = Map.groupBy(
    problems.filter(({ path }) => !listed.has(path)),
    ({ path }) => path,
  );
  return [...byPath].map(([path, own]) => ({
    ...unreadableFile(path, own),
    ...{ location: '', dependencies: null },
    contentId: `${UNLISTED}:${createHash('sha256').update(JSON.stringify(own)).digest('base64url')}`,
  }));
}
