import { escapeInvisible, hasInvisible } from '@waymark/catalog-model';
import { OutboundError } from './outbound-error.ts';
import { hasDotSegment } from './url-path.ts';

/** A host that the server may ask, as the operator wrote it down. */
export interface AllowedHost {
  /** `example.com`, `*.example.com` for everything below it, or with a port: `localhost:8080`. */
  host: string;
  /** Only these paths, and what lies below them. Without it, all. */
  paths?: readonly string[] | undefined;
  /** Whether the name may stand for an address that only the inside of a network can reach. */
  isPrivateAllowed: boolean;
  /** Whether it may be asked without encryption. */
  isPlainHttpAllowed: boolean;
}

/** Decides which URLs the server may ask. */
export interface AllowedHosts {
  /** The URL, parsed. @throws OutboundError for every URL that may not be asked. */
  demand(url: string | URL): URL;
  /** Whether connections to this host and port may end at addresses that are not public. */
  isPrivateAllowed(hostname: string, port: string, protocol: string): boolean;
}

/** The rule set over a list of hosts. A host that is listed twice has the rights of both entries together. */
export function createAllowedHosts(hosts: readonly AllowedHost[]): AllowedHosts {
  return {
    demand(input) {
      const url = parseUrl(input);
      const ofHost = hosts.filter((entry) => matchesHost(entry.host, url.host));
      if (ofHost.length === 0) throw notAllowed(`The host ${url.host} is not one that this server may read.`);
      const ofPath = ofHost.filter((entry) => matchesPath(entry.paths, url.pathname));
      if (ofPath.length === 0) throw notAllowed(`The path ${url.pathname} of ${url.host} may not be read.`);
      if (url.protocol === 'http:' && !ofPath.some((entry) => entry.isPlainHttpAllowed)) {
        throw new OutboundError(
          'outbound.bad-url',
          `${url.host} may be read over https only.`,
          'Write https:// in place of http://.',
        );
      }
      return url;
    },
    isPrivateAllowed(hostname, port, protocol) {
      const isUsual = port === '' || port === (protocol === 'https:' ? '443' : '80');
      const host = isUsual ? hostname : `${hostname}:${port}`;
      return hosts.some((entry) => entry.isPrivateAllowed && matchesHost(entry.host, host));
    },
  };
}

function parseUrl(input: string | URL): URL {
  if (!URL.canParse(String(input))) {
    throw new OutboundError('outbound.bad-url', 'This is not a URL.', 'Give a full URL: https://…');
  }
  if (typeof input === 'string' && hasInvisible(input)) {
    throw new OutboundError(
      'outbound.bad-url',
      `The URL ${escapeInvisible(input)} holds characters that cannot be seen.`,
      'Type it anew, or write those characters in percent notation.',
    );
  }
  const url = new URL(input);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new OutboundError(
      'outbound.bad-url',
      `URLs of the form ${url.protocol} are not read.`,
      'Give a URL that begins with https://.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundError(
      'outbound.bad-url',
      'The URL holds a user name or password.',
      'Take it out of the URL, and put a token under integrations in the configuration.',
    );
  }
  return url;
}

function matchesHost(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

function matchesPath(paths: readonly string[] | undefined, pathname: string): boolean {
  if (paths === undefined) return true;
  // The server may decode what a URL parser leaves alone, such as `..%2f`.
  if (hasDotSegment(pathname)) return false;
  return paths.some(
    (path) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
  );
}

function notAllowed(message: string): OutboundError {
  return new OutboundError(
    'outbound.host-not-allowed',
    message,
    'Add it to backend.reading.allow or to integrations in the configuration.',
  );
}
