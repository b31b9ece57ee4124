import { createHash } from 'node:crypto';
import { UNLISTED_CONTENT } from './content-id.ts';
import type { IncomingFile } from './ingestion.repository.ts';
import { unreadableFile } from './parsing/parsed-file.ts';
import type { SourceListing } from './readers/source-reader.ts';

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
    contentId: `${UNLISTED_CONTENT}:${createHash('sha256').update(JSON.stringify(own)).digest('base64url')}`,
  }));
}
