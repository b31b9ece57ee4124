import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.ts';
import { guestActor, type Actor } from '../auth/actor.ts';
import { hasReservedName } from '../reserved-names.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the request is known to come from somebody; public routes may leave it null. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** What a caller must be allowed to do; a route without it stops the start. */
    permission?: string;
    /** Every call carries a proof that no web page can have, so host name and origin say nothing. */
    provesItself?: boolean;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface RequestGuardOptions {
  isGuestMode: boolean;
  /** Origin under which people reach the portal, when it is not the listen address. */
  baseUrl: string | undefined;
}

/** Marks a context whose routes come from a library, which cannot declare permissions. */
const PUBLIC_PLUGIN = 'holdsPublicPluginRoutes';

/** Declares that all routes of this context are open to everybody. For static files and viewers only. */
export function makePluginRoutesPublic(context: FastifyInstance): void {
  context.decorate(PUBLIC_PLUGIN, true);
}

/** Makes every route declare a permission, and every request pass the same checks before its handler. */
export function addRequestGuards(app: FastifyInstance, options: RequestGuardOptions): void {
  app.addHook('onRoute', function (route) {
    if (this.hasDecorator(PUBLIC_PLUGIN)) route.config = { ...route.config, permission: 'public' };
    if (route.config?.permission === undefined) {
      throw new Error(`Route ${String(route.method)} ${route.url} declares no permission.`);
    }
  });
  // Without it no form of another site can send a body that a handler would see.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.provesItself !== true) {
      refuseUnknownHost(request, options);
      refuseCrossSiteWrite(request, options);
    }
    refuseReservedParameters(request);
    request.actor = authenticate(request, options);
    const permission = request.routeOptions.config.permission;
    if (permission !== undefined && permission !== 'public' && request.actor === null) {
      throw new AppError(
        'actor.unauthenticated',
        'This server has no guest access: it listens on a public address or runs in production.',
      );
    }
  });
}

/** No parameter has such a name, and whoever handles the query need not know what it would do to an object. */
function refuseReservedParameters({ query }: FastifyRequest): void {
  const name = Object.keys(query as object).find(hasReservedName); // Fastify's parser gives an object always
  if (name === undefined) return;
  const issue = { path: 'querystring', message: `"${name}" is no name of a parameter` };
  throw new AppError('request.invalid', `${issue.path}: ${issue.message}`, { issues: [issue] });
}

/**
 * A request that carries a credential is never the guest: nothing verifies credentials yet, so it is nobody. Tokens are
 * to be checked here, those that git sends as the password of `Basic` too: it asks its user for one after a 401.
 */
function authenticate(request: FastifyRequest, { isGuestMode }: RequestGuardOptions): Actor | null {
  return isGuestMode && request.headers.authorization === undefined ? guestActor : null;
}

/** In guest mode a foreign name that resolves to loopback (DNS rebinding) would give a web page everything. */
function refuseUnknownHost(request: FastifyRequest, { isGuestMode, baseUrl }: RequestGuardOptions): void {
  if (!isGuestMode) return;
  // Node takes the first of several, a proxy before it perhaps the last.
  const names = request.raw.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'host').length > 1) {
    throw new AppError('request.refused', 'The request names more than one host.');
  }
  const hostName = hostNameOf(`http://${request.headers.host ?? ''}`);
  if (hostName !== undefined && (LOOPBACK_HOSTS.has(hostName) || hostName === hostNameOf(baseUrl))) return;
  throw new AppError(
    'request.unknown-host',
    'In guest mode the portal answers on localhost only. Open it at http://localhost.',
  );
}

/** A page of another site may not make the browser change anything here. */
function refuseCrossSiteWrite(request: FastifyRequest, { baseUrl }: RequestGuardOptions): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none';
  const isSameOrigin =
    origin === undefined ||
    origin === `http://${host}` ||
    origin === `https://${host}` ||
    (baseUrl !== undefined && origin === new URL(baseUrl).origin);
  if (isSameSite && isSameOrigin) return;
  throw new AppError(
    'request.cross-site',
    'Changes are accepted from the portal itself only, not from other sites.',
  );
}

function hostNameOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
