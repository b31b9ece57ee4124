import { problemCodes, problemSchema, type Problem, type ProblemCode } from '@waymark/contracts';
import { expect } from 'vitest';

/** The names that Backstage's clients know, by status. */
const BACKSTAGE_NAMES = new Map([
  [400, 'InputError'],
  [401, 'AuthenticationError'],
  [403, 'NotAllowedError'],
  [404, 'NotFoundError'],
  [503, 'ServiceUnavailableError'],
]);

/** Checks that an answer is a whole problem document of this code, in every member that clients rely on. */
export async function expectProblem(answer: Response, code: ProblemCode): Promise<Problem> {
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(JSON.parse(text));
  const { status, title } = problemCodes[code];
  expect(problem).toMatchObject({
    code,
    status,
    title,
    type: `urn:waymark:problem:${code}`,
    error: { name: BACKSTAGE_NAMES.get(status) ?? 'Error', message: problem.detail },
    response: { statusCode: status },
  });
  expect(answer.status).toBe(status);
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  return problem;
}
