import type { ReplyKind } from './reply-check.ts';

/** What the load generator is asked to send. */
export interface LoadOrder {
  baseUrl: string;
  /** Sent in turn, whatever the connection. */
  paths: readonly string[];
  connections: number;
  /** For so long, or each path once when it is undefined. */
  seconds: number | undefined;
  /** Each reply is looked at: for a pass in which nothing but the server is measured. */
  check: ReplyKind | undefined;
}

/** What came of it: figures of the answers with a status 2xx, and how many others there were. */
export interface LoadResult {
  /** Zero makes the times NaN, which JSON writes as null. */
  requests: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Replies with another status than 2xx. */
  non2xx: number;
  /** Connections that failed or did not answer in time. */
  connectionErrors: number;
  /** The first few replies that are not what was asked for, where they are checked. */
  badReplies: readonly { path: string; reason: string }[];
}

/** The answer of the load generator's process to a {@link LoadOrder}. */
export type LoadAnswer = { result: LoadResult } | { failure: string };
