import { createHash } from 'node:crypto';

/** The id that git gives a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function blobIdOf(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
