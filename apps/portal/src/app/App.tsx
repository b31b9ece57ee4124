import { MantineProvider } from '@mantine/core';
import { notificationsStore } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { cssVariablesResolver, theme } from '@waymark/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
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
        <FirstToast />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Messages are rare, and what draws them is fetched with the first. */
function FirstToast() {
  const [isNeeded, setIsNeeded] = useState(false);
  useEffect(() => notificationsStore.subscribe(() => setIsNeeded(true)), []);
  return <Suspense>{isNeeded && <Toasts />}</Suspense>;
}
