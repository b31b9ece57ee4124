import type { OutboundRequest } from '../platform/outbound/index.ts';

/** An answer as it came over the wire. */
export interface RecordedAnswer {
  method: string;
  /** Below the base of the API. */
  pathname: string;
  status: number;
  contentType: string | undefined;
  /** What the JSON says, the bytes of anything else; undefined when there are none. */
  body: unknown;
}

/** A `fetch` that keeps every answer it gets. */
export interface RecordingFetch {
  readonly answers: RecordedAnswer[];
  /** Follows redirects one by one, so that their answers are kept too. */
  readonly fetch: (url: string | URL, request?: OutboundRequest) => Promise<Response>;
}

export function createRecordingFetch(apiBaseUrl: string): RecordingFetch {
  const { pathname: base } = new URL(apiBaseUrl);
  const recording: RecordingFetch = {
    answers: [],
    async fetch(url, request = {}) {
      const { headers = {}, signal = null } = request;
      const answer = await fetch(url, { headers, signal, redirect: 'manual' });
      const bytes = Buffer.from(await answer.clone().arrayBuffer());
      const contentType = answer.headers.get('content-type') ?? undefined;
      const isJson = contentType?.startsWith('application/json') === true;
      recording.answers.push({
        ...{ method: 'GET', pathname: new URL(url).pathname.slice(base.replace(/\/$/, '').length) },
        ...{ status: answer.status, contentType },
        body: bytes.length === 0 ? undefined : isJson ? JSON.parse(bytes.toString()) : bytes,
      });
      const location = answer.headers.get('location');
      return location === null ? answer : recording.fetch(new URL(location, url), request);
    },
  };
  return recording;
}
