import type { Logger } from 'pino';
import { HostPausedError } from './hosts/hosted-git.ts';
import { SourceReadError } from './readers/source-reader.ts';
import type { SourceToRead } from './source-row.repository.ts';
import type { SourceNote } from './readings.repository.ts';

const RETRY_AFTER_FAULT_MS = 15_000;
/** The host refuses the token: a matter of the discovery, not of the repository that found out. */
export const UNAUTHORIZED = 'host.unauthorized';

/**
 * Whether a read has only to wait: its host asked for a pause, or refuses the token, which the discovery
 * that the repository belongs to tells better.
 */
export function explainPostponement(
  error: unknown,
  { parentId }: SourceToRead,
  nextReadAt: Date,
): { until: Date; note: SourceNote } | undefined {
  if (error instanceof HostPausedError) {
    const hint = 'It goes on by itself then. What was read before stays.';
    return { until: error.until, note: { code: 'host.rate-limited', message: error.message, hint } };
  }
  if (error instanceof SourceReadError && error.code === UNAUTHORIZED && parentId !== undefined) {
    const { code, message, hint } = error;
    return { until: nextReadAt, note: { code, message, hint } };
  }
  return undefined;
}

/** What the source's row says of a failed read. After a fault of our own the next try comes soon. */
export function explainFailure(
  error: unknown,
  source: SourceToRead,
  startedAt: Date,
  log: Logger,
): { error: SourceNote; nextReadAt?: Date } {
  if (error instanceof SourceReadError) {
    log.warn({ source: source.shownTarget, code: error.code, err: error.cause }, `sources: ${error.message}`);
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
  log.error({ source: source.shownTarget, err: error }, 'sources: reading failed unexpectedly');
  return {
    error: {
      code: 'source.unexpected',
      message: 'Reading this source failed for a reason on our side; the last good entities stay.',
      hint: 'It is tried again by itself. If it stays, look for this source in the log of the worker.',
    },
    nextReadAt: new Date(startedAt.getTime() + RETRY_AFTER_FAULT_MS),
  };
}
