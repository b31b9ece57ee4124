/** The entry of the viewer without its parser has no types of its own. */
declare module '@asyncapi/react-component/lib/esm/without-parser' {
  import type { ComponentType } from 'react';
  const AsyncApi: ComponentType<{
    schema: string;
    config?: { show?: Record<string, boolean> };
  }>;
  // eslint-disable-next-line no-restricted-exports -- because the library exports its component like this
  export default AsyncApi;
}
