import type { ApiClient } from '@waymark/api-client';
import type { AnyEndpoint } from '@waymark/contracts';

/**
 * The same client, which asks again when the server says that it is too busy: on a machine that does much else
 * that says nothing of what is tested.
 */
export function patientClient(api: ApiClient): ApiClient {
  return {
    async call<E extends AnyEndpoint>(...request: Parameters<typeof api.call<E>>) {
      for (;;) {
        try {
          return await api.call<E>(...request);
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'server.overloaded')) throw error;
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    },
  };
}
