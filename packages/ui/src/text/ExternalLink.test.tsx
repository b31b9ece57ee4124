import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ExternalLink, liveUrl } from './ExternalLink.tsx';

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' \tjavascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://example.com/x',
  '//example.com',
  '/api/catalog',
  'not a url',
  '',
])('%j is text, not a link', async (url) => {
  expect(liveUrl(url)).toBeUndefined();
  await render(<ExternalLink url={url}>Name</ExternalLink>);
  await expect.element(page.getByText(/^Name/)).toBeVisible();
  expect(document.querySelectorAll('a')).toHaveLength(0);
});

test.each(['https://example.com/a?b=c#d', 'http://localhost:8080/', 'mailto:team@example.com'])(
  '%s is a link that tells the other side nothing',
  async (url) => {
    await render(<ExternalLink url={url}>Name</ExternalLink>);
    const link = page.getByRole('link', { name: /^Name/ });
    await expect.element(link).toHaveAttribute('href', url);
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  },
);
