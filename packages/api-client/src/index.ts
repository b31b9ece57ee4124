export { ApiError } from './api-error.ts';
export {
  createApiClient,
  endpointUrl,
  type ApiClient,
  type ApiClientOptions,
  type CallOptions,
} from './api-client.ts';
