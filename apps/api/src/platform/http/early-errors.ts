import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemCode } from '@waymark/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { makeProblem } from '../errors/to-problem.ts';
import { PROBLEM_TYPE } from './error-doors.ts';
import { isLongRequest } from './long-requests.ts';
import { answerHeaders } from './security-headers.ts';

const TIMED_OUT = 'ERR_HTTP_REQUEST_TIMEOUT';
/** What Node says of a request that it could not read, by the code of its error. */
const CLIENT_ERRORS = new Map<string, { code: ProblemCode; detail: string }>([
  [TIMED_OUT, { code: 'request.timeout', detail: 'The request did not arrive in time.' }],
  [
    'HPE_HEADER_OVERFLOW',
    { code: 'request.refused', detail: 'The headers are too large. Send fewer or shorter ones.' },
  ],
]);
const NOT_HTTP = { code: 'request.refused', detail: 'The bytes that arrived are no HTTP request.' } as const;

/** Answers what Fastify refuses before there is a route, such as a path that cannot be decoded. No hook runs then. */
export function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = makeProblem('request.refused', request.id, 'The path of the request is not valid.');
  request.log.debug({ err: error, method: request.method, url: request.url }, 'request refused');
  void reply
    .code(problem.status)
    .headers(answerHeaders(request.id, request.url))
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problem);
}

/** Answers what Node cannot read as a request, and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // Nobody is there any more.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // Node says so once, and leaves the connection to whoever listens: this one has a time limit of its own.
  if (error.code === TIMED_OUT && isLongRequest(socket)) return;
  if (socket.writable) {
    const { code, detail } = CLIENT_ERRORS.get(error.code ?? '') ?? NOT_HTTP;
    const requestId = randomUUID();
    const problem = makeProblem(code, requestId, detail);
    const body = JSON.stringify(problem);
    const headers = {
      ...answerHeaders(requestId, ''),
      'content-type': PROBLEM_TYPE,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const statusLine = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`;
    socket.write(`${[statusLine, ...lines].join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}
