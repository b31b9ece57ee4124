import { MantineProvider } from '@mantine/core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { CodeView } from './CodeView.tsx';

const show = (props: Parameters<typeof CodeView>[0]) =>
  render(
    <MantineProvider>
      <CodeView {...props} />
    </MantineProvider>,
  );

test('numbers lines as they stand in the file and points at one', async () => {
  await show({
    text: 'kind: API\nmetadata:\n  name: x\n',
    firstLine: 40,
    language: 'yaml',
    label: 'YAML of x',
    markedLine: 41,
  });
  const numbers = [...document.querySelectorAll('[data-number]')].map((element) =>
    element.getAttribute('data-number'),
  );
  expect(numbers).toEqual(['40', '41', '42']);
  expect(document.querySelector('[data-marked]')?.textContent).toContain('metadata:');
  await expect.element(page.getByRole('region', { name: 'YAML of x' })).toHaveAttribute('tabindex', '0');
});

test('a text of 5,000 lines unfolds in steps', async () => {
  await show({ text: 'line\n'.repeat(5000), label: 'Long' });
  expect(document.querySelectorAll('[data-number]')).toHaveLength(1000);
  await page.getByRole('button', { name: 'Show more of the 5000 lines' }).click();
  expect(document.querySelectorAll('[data-number]')).toHaveLength(5000);
});

test('markup in a file stays text', async () => {
  await show({ text: '<img src=x onerror=alert(1)>', label: 'Hostile' });
  await expect.element(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(document.querySelectorAll('pre img')).toHaveLength(0);
});
