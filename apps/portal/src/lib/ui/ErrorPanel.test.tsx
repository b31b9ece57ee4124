import { MantineProvider } from '@mantine/core';
import { ApiError } from '@waymark/api-client';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ErrorPanel } from './ErrorPanel.tsx';

test('says what failed, what to try and which request it was, and retries', async () => {
  const onRetry = vi.fn();
  await render(
    <MantineProvider>
      <ErrorPanel
        error={new ApiError('server.unavailable', 'x', { status: 503, requestId: 'r-42' })}
        onRetry={onRetry}
      />
    </MantineProvider>,
  );
  await expect.element(page.getByRole('alert')).toMatchTextContent('The server cannot reach its database');
  await expect.element(page.getByRole('alert')).toMatchTextContent('r-42');
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(onRetry).toHaveBeenCalledOnce();
});
