import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  hasDotSegment,
  type Integrations,
  type OutboundFetch,
  type RemoteKind,
} from '../../../../platform/outbound/index.ts';
import { ActionFailure } from '../action.ts';

/** A call to the API of a host. */
export interface HostCall<Reply extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base of the API; made by {@link apiPath}. */
  path: string;
  body?: object;
  reply: Reply;
  signal: AbortSignal;
}

/** The API of one host with the rights of one token. */
export interface HostApi {
  readonly kind: RemoteKind;
  readonly host: string;
  /** @throws HostRefusal for an answer that is no success, ActionFailure for one that cannot be used */
  call<Reply extends z.ZodType>(call: HostCall<Reply>): Promise<z.output<Reply>>;
  /** The same; undefined for what is not there. */
  find<Reply extends z.ZodType>(call: HostCall<Reply>): Promise<z.output<Reply> | undefined>;
}

/** Opens the API of a host, with the token of the person who runs, or else with that of the configuration. */
export type OpenHostApi = (kind: RemoteKind, host: string, token?: string) => HostApi;

/** A host says no, in its own words. */
export class HostRefusal extends ActionFailure {
  override readonly name = 'HostRefusal';
  readonly status: number;
  /** What the host says of it. */
  readonly reason: string;

  constructor(host: string, status: number, reason: string) {
    super(`${host} refused with status ${status}: ${reason}`, hintFor(status, reason));
    this.status = status;
    this.reason = reason;
  }
}

/** For answers whose content does not matter. */
export const anyReply = z.unknown();

const MAX_ATTEMPTS = 4;
/** A host that asks for a longer pause is not waited for. */
const MAX_PAUSE_SECONDS = 60;
const MAX_REASON_LENGTH = 500;
/** GitHub, of a repository that it has made a moment ago. */
const NOT_READY = /Git Repository is empty/i;

/** Calls hosts through the guard over outgoing requests. */
export function createHostApis(integrations: Integrations, fetch: OutboundFetch): OpenHostApi {
  return (kind, host, token) => {
    const integration = integrations.all.find((known) => known.kind === kind && known.host === host);
    if (!integration) {
      throw new ActionFailure(
        `The configuration has no integration for ${host}.`,
        `Ask the operator to add it under integrations.${kind}.`,
      );
    }
    const credentials = token ?? integration.token;
    if (credentials === undefined) {
      throw new ActionFailure(
        `The configuration has no token for ${host}.`,
        `Ask the operator to set integrations.${kind}[].token, or let the template pass a token.`,
      );
    }
    const own = { ...integration, token: credentials };
    const headersFor = (url: string) => ({
      accept: kind === 'github' ? 'application/vnd.github+json' : 'application/json',
      'content-type': 'application/json',
      ...(kind === 'github' ? { 'x-github-api-version': '2022-11-28' } : {}),
      ...integrations.credentialsFor(own, url),
    });

    async function ask({ method, path, body, signal }: HostCall<z.ZodType>): Promise<Response> {
      const url = `${integration?.apiBaseUrl ?? ''}${path}`;
      for (let attempt = 1; ; attempt += 1) {
        const answer = await fetch(url, {
          ...{ method, headers: headersFor(url), signal },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const pause = attempt < MAX_ATTEMPTS ? await pauseBeforeRetry(answer, method, attempt) : undefined;
        if (pause === undefined) return answer;
        await sleep(pause * 1000, undefined, { signal });
      }
    }

    async function call<Reply extends z.ZodType>(request: HostCall<Reply>): Promise<z.output<Reply>> {
      const answer = await ask(request);
      const text = await answer.text();
      if (!answer.ok) throw new HostRefusal(host, answer.status, reasonOf(text));
      const parsed = request.reply.safeParse(readJson(text));
      if (parsed.success) return parsed.data;
      throw new ActionFailure(
        `${host} gave an answer that is not what its API promises.`,
        'Check apiBaseUrl of the integration: a proxy or a sign-in page may stand in the way.',
        parsed.error,
      );
    }

    return {
      ...{ kind, host, call },
      async find(request) {
        try {
          return await call(request);
        } catch (error) {
          if (error instanceof HostRefusal && error.status === 404) return undefined;
          throw error;
        }
      },
    };
  };
}

/**
 * A path below the base of an API whose values are data: each is encoded by itself, and none may lead elsewhere.
 *
 * @throws ActionFailure for a value such as `..`
 */
export function apiPath(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw(
    { raw: parts },
    ...values.map((value) => {
      const text = String(value);
      if (text !== '' && !hasDotSegment(text)) return encodeURIComponent(text);
      throw new ActionFailure(
        `${JSON.stringify(text)} cannot be the name of anything on a host.`,
        'Correct the answer.',
      );
    }),
  );
}

/** Seconds to wait; undefined when the answer stands. What changes things is sent again only when it was not done. */
async function pauseBeforeRetry(
  answer: Response,
  method: string,
  attempt: number,
): Promise<number | undefined> {
  const asked = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const isLimited = answer.status === 429 || (answer.status === 403 && Number.isFinite(asked));
  if (isLimited) {
    const seconds = Number.isFinite(asked) ? asked : 2 ** attempt;
    return seconds <= MAX_PAUSE_SECONDS ? seconds : undefined;
  }
  const isPassing =
    (answer.status >= 500 && method === 'GET') ||
    (answer.status === 409 && NOT_READY.test(await answer.clone().text()));
  return isPassing ? 2 ** (attempt - 1) : undefined;
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text; // judged by the schema of the reply
  }
}

const gitHubError = z.object({
  message: z.string(),
  errors: z.array(z.looseObject({ message: z.string().optional() })).optional(),
});
const gitLabError = z.object({ message: z.json().optional(), error: z.string().optional() });

/** What a host says of its refusal, in one line. */
function reasonOf(text: string): string {
  const body = readJson(text);
  const gitHub = gitHubError.safeParse(body);
  if (gitHub.success) {
    const details = (gitHub.data.errors ?? []).flatMap(({ message }) => message ?? []);
    return [gitHub.data.message, ...details].join(' ').slice(0, MAX_REASON_LENGTH);
  }
  const { data } = gitLabError.safeParse(body);
  const words = data?.error ?? (data?.message === undefined ? undefined : JSON.stringify(data.message));
  return (words ?? 'it gives no reason').slice(0, MAX_REASON_LENGTH);
}

function hintFor(status: number, reason: string): string {
  if (status === 401) return 'The token may have expired or been revoked: ask the operator for a valid one.';
  if (status === 403) return 'Give the token the right to do this, or choose another place.';
  if (status === 404) return 'Check the names; what the token may not see looks as if it were not there.';
  if (status === 429) return 'The limit of calls is reached: retry the run later.';
  if (status >= 500) return 'Retry the run; if it stays, look at the status page of the host.';
  return /exist|taken/i.test(reason) ? 'Choose another name.' : 'Correct the input of the step, then retry.';
}
