/** Paths that are no endpoints: documents and viewers beside the API. */
export const serverPaths = {
  /** Everything of the API begins so. */
  api: '/api/',
  openApi: '/api/openapi.json',
  apiDocs: '/api/docs',
  metrics: '/metrics',
} as const;
