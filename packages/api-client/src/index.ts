export { ApiError } from './api-error.ts';
export { createApiClient, endpointUrl, type ApiClient, type ApiClientOptions } from './api-client.ts';
