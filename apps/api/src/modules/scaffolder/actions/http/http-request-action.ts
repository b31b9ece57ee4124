import { z } from 'zod';
import { OutboundError } from '../../../../platform/outbound/index.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { problemsFrom } from '../action-problem.ts';
import {
  ActionFailure,
  defineAction,
  NothingMadeFailure,
  textIn,
  type ActionContext,
  type EffectDeclaration,
  type ScaffolderAction,
} from '../action.ts';
import { answerOf } from './http-answer.ts';
import { httpRequestInput, type HttpRequestInput } from './http-request-input.ts';
import type { HttpRequests, RequestMethod } from './http-requests.ts';
import { wasNeverSent } from './never-sent.ts';

/** Of an answer, since it is handed to later steps. */
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_BODY_CHARACTERS = 1024 * 1024;
const MAX_SHOWN_CHARACTERS = 500;
/** Sending them twice is the same as sending them once (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['PUT', 'DELETE']);

type Engine = Pick<TemplateEngine, 'document'>;

const output = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.json().optional().describe('Data when the answer is JSON, else its text'),
});

/** Sends a request to a host that the operator has listed. */
export function createHttpRequestAction(requests: HttpRequests, engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'http:request',
    description:
      'Sends an HTTP request to a host that scaffolder.httpRequest.allow of the configuration lists.',
    input: httpRequestInput,
    output,
    examples: [
      {
        description: 'Open a ticket',
        example:
          'action: http:request\ninput:\n  method: POST\n  url: https://tickets.example.com/api/tickets\n  headers:\n    authorization: Bearer ${{ secrets.TICKETS_TOKEN }}\n  body:\n    title: ${{ parameters.name }} is new\n  expectedStatus: 201\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    secretInputs: ['headers'],
    plan(input) {
      const method = textIn(input, 'method');
      if (method === undefined || isReading(method)) return [];
      const url = URL.parse(textIn(input, 'url') ?? '');
      return [`Sends ${method} to ${url ? placeOf(url) : 'an address that only the run will know'}`];
    },
    async check(input) {
      const [method, url] = [httpRequestInput.shape.method.safeParse(input['method']), textIn(input, 'url')];
      if (!method.success || url === undefined) return [];
      return problemsFrom(async () => {
        requests.demand(method.data, url);
        return [];
      });
    },
    async run(input, context) {
      const url = requests.demand(input.method, input.url);
      const answer = output.parse(
        isReading(input.method)
          ? await exchange(input, url, {})
          : (await sendOnce(input, url, context)).details,
      );
      context.log.info(`${input.method} ${placeOf(url)} answered ${answer.status}`);
      return answer;

      async function exchange({ method }: HttpRequestInput, to: URL, headers: Record<string, string>) {
        const response = await requests.send(method, to, requestOf(input, headers, context.signal));
        const found = await answerOf(response, engine, context);
        if (isExpected(response.status, input.expectedStatus)) return found;
        throw unexpected(found, method, to);
      }

      function sendOnce({ method }: HttpRequestInput, to: URL, { effects }: ActionContext) {
        const effect: EffectDeclaration = {
          ...{ key: `${method} ${to.href}`, kind: 'other', title: `${method} to ${placeOf(to)}` },
          details: { method, host: to.host, path: to.pathname },
        };
        return effects.once(effect, async ({ mayExist, idempotencyKey }) => {
          if (mayExist && !IDEMPOTENT.has(method)) throw maybeSent(method, to);
          try {
            return { details: await exchange(input, to, { 'idempotency-key': idempotencyKey }) };
          } catch (error) {
            throw mayExist ? notCertain(error) : nothingMade(error);
          }
        });
      }
    },
  });
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Without the query, which may be long and is nobody's business. */
function placeOf({ host, pathname }: URL): string {
  return `${host}${pathname}`;
}

function requestOf({ headers, body }: HttpRequestInput, own: Record<string, string>, signal: AbortSignal) {
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  if (text !== undefined && text.length > MAX_BODY_CHARACTERS) {
    throw new NothingMadeFailure('The body has more than a million characters.', 'Send less.');
  }
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  return {
    headers: {
      ...{ accept: 'application/json, */*;q=0.5', 'user-agent': 'waymark' },
      ...(text === undefined ? {} : { 'content-type': type }),
      ...own,
      ...given,
    },
    body: text,
    maxBytes: MAX_ANSWER_BYTES,
    signal,
  };
}

function isExpected(status: number, expected: HttpRequestInput['expectedStatus']): boolean {
  if (expected === undefined) return status >= 200 && status < 300;
  return [expected].flat().includes(status);
}

/** A server that answers 4xx has refused the request: nothing came of it. */
function unexpected(answer: JsonObject, method: RequestMethod, url: URL): ActionFailure {
  const { status, body } = output.parse(answer);
  const said = body === undefined ? '' : `: ${JSON.stringify(body).slice(0, MAX_SHOWN_CHARACTERS)}`;
  const isRefused = status >= 400 && status < 500;
  const Failure = isRefused ? NothingMadeFailure : ActionFailure;
  return new Failure(
    `${method} ${placeOf(url)} answered ${status}, which was not expected${said}`,
    'Correct the request, or name the status in expectedStatus if it is right.',
  );
}

function nothingMade(error: unknown): unknown {
  if (!(error instanceof OutboundError) || !wasNeverSent(error)) return error;
  return new NothingMadeFailure(error.message, error.hint, error);
}

/** Of a try before, nobody knows whether it came through, whatever became of this one. */
function notCertain(error: unknown): unknown {
  return error instanceof NothingMadeFailure ? new ActionFailure(error.message, error.hint, error) : error;
}

function maybeSent(method: RequestMethod, url: URL): ActionFailure {
  return new ActionFailure(
    `${method} ${placeOf(url)} may have been sent already: a try before was broken off, or failed, while it waited for the answer.`,
    `Look at ${url.host} whether it has arrived. If it has not, start a new run; this one sends it no second time.`,
  );
}
