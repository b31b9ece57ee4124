/**
 * Every error that the API can answer with: code → HTTP status and title. Each has a page
 * `docs/errors/<code>.md`. The portal and scripts switch on `code`, never on text.
 */
export const problemCodes = {
  'request.invalid': { status: 400, title: 'The request is not valid' },
  'request.not-json': { status: 400, title: 'The body is not valid JSON' },
  'request.too-large': { status: 413, title: 'The request body is too large' },
  'request.unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'request.cross-site': { status: 403, title: 'The request comes from another site' },
  'request.unknown-host': { status: 421, title: 'The host name is not served here' },
  'request.timeout': { status: 408, title: 'The request took too long to arrive' },
  'request.refused': { status: 400, title: 'The request was refused' },
  'route.not-found': { status: 404, title: 'There is no such path' },
  'actor.unauthenticated': { status: 401, title: 'Sign in first' },
  'actor.forbidden': { status: 403, title: 'You may not do this' },
  'catalog.entity-not-found': { status: 404, title: 'There is no such entity' },
  'catalog.location-not-found': { status: 404, title: 'There is no such location' },
  'catalog.source-not-found': { status: 404, title: 'There is no such source' },
  'catalog.bad-filter': { status: 400, title: 'The filter is not valid' },
  'catalog.bad-order': { status: 400, title: 'The order is not valid' },
  'catalog.bad-cursor': { status: 400, title: 'The cursor is not valid' },
  'catalog.bad-reference': { status: 400, title: 'The entity reference is not valid' },
  'catalog.bad-predicate': { status: 400, title: 'The predicate is not valid' },
  'catalog.bad-instant': { status: 400, title: 'The instant cannot be shown' },
  'catalog.entity-invalid': { status: 400, title: 'The entity is not valid' },
  'catalog.version-not-found': { status: 404, title: 'There is no such version' },
  'catalog.no-definition': { status: 404, title: 'The entity has no API definition' },
  'catalog.export-too-large': { status: 400, title: 'The export would be too large' },
  'catalog.source-exists': { status: 409, title: 'The source is registered already' },
  'catalog.source-not-removable': { status: 409, title: 'The source cannot be changed here' },
  'catalog.source-not-allowed': { status: 400, title: 'The source may not be read' },
  'catalog.source-unreadable': { status: 400, title: 'The source cannot be read' },
  'search.bad-query': { status: 400, title: 'The search is not valid' },
  'ingest.unknown-connection': { status: 404, title: 'There is no such connection' },
  'ingest.bad-signature': { status: 401, title: 'The delivery is not signed by the connection' },
  'catalog.not-ready': { status: 503, title: 'The catalog is still loading' },
  'server.overloaded': { status: 503, title: 'The server is busy' },
  'server.unavailable': { status: 503, title: 'The database cannot be reached' },
  'server.unexpected': { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

/** One of {@link problemCodes}. */
export type ProblemCode = keyof typeof problemCodes;
