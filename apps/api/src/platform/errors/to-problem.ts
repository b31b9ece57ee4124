import { escapeInvisible } from '@waymark/catalog-model';
import { problemCodes, type Problem, type ProblemCode } from '@waymark/contracts';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from './app-error.ts';

/** Fastify's own refusals that have a code of their own here. */
const FASTIFY_CODES: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.not-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.refused',
  FST_UNDER_PRESSURE: 'server.overloaded',
};

/** Connection failures: of the `pg` driver (class 08, 53 and 57P), of sockets that never opened, and of Prisma. */
const DATABASE_DOWN =
  /^(08|53|57P)|^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE)$|^P(1001|1002|1008|1017|2024|2037)$/;
/** PostgreSQL's word for a NUL character, which only a caller can have sent: no text of ours holds one. */
const UNSTORABLE_TEXT = '22021';

/** The names that Backstage's clients know for a status. */
const BACKSTAGE_ERROR_NAMES: Record<number, string> = {
  400: 'InputError',
  401: 'AuthenticationError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  503: 'ServiceUnavailableError',
};

/**
 * Shapes the body of an error answer. It quotes what the caller sent, so characters that cannot be seen, or that turn
 * the direction of a line, are written as their code points.
 */
export function makeProblem(
  code: ProblemCode,
  requestId: string,
  rawDetail?: string,
  rawIssues?: Problem['issues'],
): Problem {
  const { status, title } = problemCodes[code];
  const detail = rawDetail === undefined ? undefined : escapeInvisible(rawDetail);
  const issues = rawIssues?.map(({ path, message }) => ({
    path: escapeInvisible(path),
    message: escapeInvisible(message),
  }));
  const name = BACKSTAGE_ERROR_NAMES[status] ?? 'Error';
  return {
    type: `urn:waymark:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    requestId,
    ...(issues === undefined
      ? {}
      : { issues, errors: issues.map(({ path, message }) => ({ name, message: `${path}: ${message}` })) }),
    error: { name, message: detail ?? title },
    response: { statusCode: status },
  };
}

/**
 * Turns whatever was thrown into the answer for the caller. Only an {@link AppError} and Fastify's
 * own refusals speak to the caller; anything else is a bug and says nothing but its request id.
 */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof AppError) return makeProblem(error.code, requestId, error.message, error.issues);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((issue) => ({
      path: [error.validationContext ?? 'request', ...issue.instancePath.split('/').filter(Boolean)].join(
        '.',
      ),
      message: issue.message ?? 'is not valid',
    }));
    const detail = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
    return makeProblem('request.invalid', requestId, detail, issues);
  }
  const { code, statusCode, message } = asFastifyError(error);
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known) return makeProblem(known, requestId, message);
  if (code === UNSTORABLE_TEXT) {
    return makeProblem('request.invalid', requestId, 'The request holds a NUL character. Remove it.');
  }
  if (isDatabaseDown(error)) {
    return makeProblem(
      'server.unavailable',
      requestId,
      'The database cannot be reached right now. Try again soon.',
    );
  }
  if (code?.startsWith('FST_') && statusCode !== undefined && statusCode < 500) {
    return makeProblem('request.refused', requestId, message);
  }
  return makeProblem(
    'server.unexpected',
    requestId,
    `Something went wrong on our side. Quote request ${requestId} when you report it.`,
  );
}

function asFastifyError(error: unknown): Partial<Pick<FastifyError, 'code' | 'statusCode' | 'message'>> {
  return error instanceof Error ? error : {};
}

/** True for errors that say "no connection" rather than "bad statement". */
export function isDatabaseDown(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code, message } = asFastifyError(current);
    if (code !== undefined && DATABASE_DOWN.test(code)) return true;
    if (/timeout exceeded when trying to connect|Connection terminated/.test(message ?? '')) return true;
  }
  return false;
}
