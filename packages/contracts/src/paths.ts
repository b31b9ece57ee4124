/** Paths that are no endpoints: documents and viewers beside the API. */
export const serverPaths = {
  /** Everything of the API begins so. */
  api: '/api/',
  openApi: '/api/openapi.json',
  apiDocs: '/api/docs',
  metrics: '/metrics',
  /** Repositories that git clones and pushes to: `<owner>/<name>.git` below it. */
  git: '/git/',
} as const;

/** Headers by which a client that talks to several processes never sees the catalog go back in time. */
export const catalogVersionHeaders = {
  /** Of an answer: nothing in it is newer than this version of the catalog. */
  version: 'waymark-catalog-version',
  /** Of a request: the newest version that its sender has seen. The answer is not older. */
  atLeast: 'waymark-catalog-at-least',
} as const;
