export { ApiError } from './api-error.ts';
export { createApiClient, type ApiClient, type ApiClientOptions } from './api-client.ts';
