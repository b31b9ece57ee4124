import {
  createOutboundFetch,
  OutboundError,
  type OutboundFetch,
} from '../../../../platform/outbound/index.ts';
import type { REQUEST_METHODS } from '../../../../platform/scaffolder-config.ts';
import { ActionFailure } from '../action.ts';

export type RequestMethod = (typeof REQUEST_METHODS)[number];

/** A host that the operator lists for templates. */
export interface RequestableHost {
  host: string;
  paths?: readonly string[] | undefined;
  methods?: readonly RequestMethod[] | undefined;
}

/** Requests that templates make of hosts that the operator has listed. */
export interface HttpRequests {
  /** The URL, parsed. @throws ActionFailure with the key of the configuration to set */
  demand(method: RequestMethod, url: string): URL;
  /** Sends a request, and follows no redirect: its headers may hold what is meant for this host alone. */
  send(method: RequestMethod, url: URL, request: SentRequest): Promise<Response>;
  close(): Promise<void>;
}

export interface SentRequest {
  headers: Record<string, string>;
  body: string | undefined;
  maxBytes: number;
  signal: AbortSignal;
}

/** What may be asked is decided for each method by the guard of all outbound requests. */
export function createHttpRequests(allow: readonly RequestableHost[]): HttpRequests {
  const fetches = new Map<RequestMethod, OutboundFetch>();
  const fetchFor = (method: RequestMethod): OutboundFetch => {
    const known = fetches.get(method);
    if (known) return known;
    const hosts = allow
      .filter(({ methods }) => methods === undefined || methods.includes(method))
      .map(({ host, paths }) => ({ host, paths, isPrivateAllowed: true, isPlainHttpAllowed: true }));
    const fetch = createOutboundFetch({ hosts });
    fetches.set(method, fetch);
    return fetch;
  };
  return {
    demand(method, url) {
      try {
        return fetchFor(method).hosts.demand(url);
      } catch (error) {
        throw error instanceof OutboundError ? refusal(error, method, url) : error;
      }
    },
    send: (method, url, request) => fetchFor(method)(url, { ...request, method, redirect: 'manual' }),
    async close() {
      for (const fetch of fetches.values()) await fetch.close();
    },
  };
}

function refusal({ code, message }: OutboundError, method: RequestMethod, url: string): ActionFailure {
  if (code !== 'outbound.host-not-allowed') {
    return new ActionFailure(message, 'Give a full URL without user name and password: https://…');
  }
  const { host, pathname } = new URL(url);
  return new ActionFailure(
    `Templates may not send ${method} to ${host}${pathname}.`,
    `Whoever runs this server can allow it: the key scaffolder.httpRequest.allow of the configuration lists hosts, with their paths and methods.`,
  );
}
