import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AllowedHosts } from './allowed-hosts.ts';
import {
  createPlainLookup,
  createPublicLookup,
  demandPublicAddress,
  type LookupAll,
} from './public-address.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_TIMEOUT_MS = 20_000;
const MAX_HEADER_BYTES = 32 * 1024;
const CONNECTIONS_PER_HOST = 8;

/**
 * An agent whose every connection is checked where it is made: literal addresses, which no lookup sees, and looked-up
 * ones. It knows no proxy: a proxy would resolve names by itself, unchecked.
 */
export function createGuardedAgent(hosts: AllowedHosts, lookupAll: LookupAll): Agent {
  const limits = { timeout: CONNECT_TIMEOUT_MS, autoSelectFamily: true };
  const connectPublic = buildConnector({ ...limits, lookup: createPublicLookup(lookupAll) });
  const connectAnywhere = buildConnector({ ...limits, lookup: createPlainLookup(lookupAll) });
  return new Agent({
    connections: CONNECTIONS_PER_HOST,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    connect(options, callback) {
      const hostname = options.hostname.replace(/^\[(.*)\]$/, '$1');
      if (hosts.isPrivateAllowed(options.hostname, options.port, options.protocol)) {
        return connectAnywhere(options, callback);
      }
      try {
        if (isIP(hostname) !== 0) demandPublicAddress(hostname, hostname);
      } catch (error) {
        return callback(error instanceof Error ? error : new Error(String(error)), null);
      }
      connectPublic(options, callback);
    },
  });
}
