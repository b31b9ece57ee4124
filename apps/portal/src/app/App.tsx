import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cssVariablesResolver, theme } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from '../lib/query-client.ts';
import { styleNonce } from './browser-policy.ts';
import { createPortalRouter } from './router.tsx';

const Toasts = lazy(async () => ({ default: (await import('./Toasts.tsx')).Toasts }));

const queryClient = createQueryClient();
const router = createPortalRouter();

/** The portal with everything that its pages rely on. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
      deduplicateInlineStyles
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Suspense>
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
