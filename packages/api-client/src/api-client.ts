import {
  catalogVersionHeaders,
  problemCodes,
  problemSchema,
  type AnyEndpoint,
  type EndpointInput,
  type EndpointReply,
  type ProblemCode,
} from '@waymark/contracts';
import { ApiError } from './api-error.ts';

export interface ApiClientOptions {
  /** Origin of the server, e.g. `http://127.0.0.1:7100`; empty for the page's own origin. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  /** Sent with each request, e.g. an `authorization` header. */
  headers?: Record<string, string>;
}

/** How one call is made. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Of this request alone, e.g. `idempotency-key`. */
  headers?: Record<string, string>;
}

/** Calls endpoints of the contract. Throws {@link ApiError} and nothing else, except the abort reason. */
export interface ApiClient {
  call<E extends AnyEndpoint>(
    endpoint: E,
    input: EndpointInput<E>,
    options?: CallOptions,
  ): Promise<EndpointReply<E>>;
}

interface RequestParts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * Makes a client that checks each reply against the contract. What it has seen of the catalog it tells with
 * each request, so that no server behind a balancer shows it an older state.
 */
export function createApiClient({ baseUrl, fetch, headers = {} }: ApiClientOptions): ApiClient {
  let newestVersion = 0;
  const noteVersion = (response: Response) => {
    const version = Number(response.headers.get(catalogVersionHeaders.version));
    if (Number.isSafeInteger(version)) newestVersion = Math.max(newestVersion, version);
  };
  return {
    async call(endpoint, input, options = {}) {
      // EndpointInput has exactly these parts, each only where the endpoint declares it.
      const parts = input as RequestParts;
      const response = await send(fetch, baseUrl + endpointUrl(endpoint, parts), {
        method: endpoint.method,
        headers: {
          accept: 'application/json',
          ...(endpoint.body ? { 'content-type': 'application/json' } : {}),
          ...(newestVersion > 0 ? { [catalogVersionHeaders.atLeast]: String(newestVersion) } : {}),
          ...headers,
          ...options.headers,
        },
        ...(endpoint.body ? { body: JSON.stringify(parts.body) } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
      });
      noteVersion(response);
      const body = await readJson(response);
      if (response.status !== endpoint.status) throw problemError(response, body);
      const reply = endpoint.reply.safeParse(body);
      if (!reply.success) {
        throw new ApiError('client.bad-reply', `The server's answer to ${endpoint.name} is malformed.`, {
          status: response.status,
          cause: reply.error,
        });
      }
      return reply.data as EndpointReply<typeof endpoint>; // parsed with the schema that types it
    },
  };
}

async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(
      'client.offline',
      'The server cannot be reached. Check the connection and try again.',
      {
        cause: error,
      },
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  // No content is what the contract calls null; elsewhere an empty body is a mistake.
  if (text === '') return response.status === 204 ? null : undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(
      'client.bad-reply',
      `The server answered ${response.status} with something else than JSON.`,
      {
        status: response.status,
        cause: error,
      },
    );
  }
}

function problemError(response: Response, body: unknown): ApiError {
  const problem = problemSchema.safeParse(body);
  if (!problem.success || !isProblemCode(problem.data.code)) {
    return new ApiError('client.bad-reply', `The server answered ${response.status} without saying why.`, {
      status: response.status,
    });
  }
  const { code, detail, title, requestId, issues } = problem.data;
  return new ApiError(code, detail ?? title, {
    status: response.status,
    requestId,
    ...(issues ? { issues } : {}),
  });
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCodes, code);
}

/** Path and query of a call; an `undefined` query value is left out, a list is repeated. */
export function endpointUrl(endpoint: Pick<AnyEndpoint, 'path'>, parts: RequestParts): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(parts.params?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) search.append(name, String(item));
    }
  }
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}
