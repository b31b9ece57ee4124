import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../auth/actor.ts';
import { version as serverVersion } from '../version.ts';

/** The answer to a caller who has the present state already: status 304, no body. */
export const unchangedReply = Symbol('unchanged');

/**
 * Answers with an ETag, and with 304 instead of an answer to whoever sends the same one back. The tag is weak: it
 * stands for a revision of all the data behind the answer, of the question and of who asks.
 *
 * @param revision changes with everything that the answer is made of; taken before the answer is made, so that an
 *   answer may be newer than its tag and never older
 */
export async function unlessUnchanged<Answer>(
  { actor, reply }: { actor: Actor; reply: FastifyReply },
  revision: number,
  answer: () => Promise<Answer>,
): Promise<Answer | typeof unchangedReply> {
  const etag = etagOf(revision, actor.ref, reply.request.url);
  const known = reply.request.headers['if-none-match'];
  const isKnown = known?.split(',').some((tag) => tag.trim() === etag) ?? false;
  const result = isKnown ? unchangedReply : await answer();
  // Only now: a refusal must not look like something to keep.
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  return result;
}

function etagOf(revision: number, actorRef: string, url: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([serverVersion, actorRef, url]))
    .digest('base64url');
  return `W/"${revision.toString(36)}-${digest.slice(0, 16)}"`;
}
