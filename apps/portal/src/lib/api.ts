import { createApiClient } from '@waymark/api-client';

/** The API of the page's own origin. */
export const api = createApiClient({ baseUrl: '', fetch: (input, init) => globalThis.fetch(input, init) });
