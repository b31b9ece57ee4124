import { MantineProvider } from '@mantine/core';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { LogView, type LogViewProps } from './LogView.tsx';
import type { LogLine } from './run-log.ts';

const at = '2026-11-27T15:48:04.066Z';

function lines(count: number): LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ number: index + 1, eventId: index + 1, at, stepId: 'talk', level: 'info' as const },
    ...{ stepStatus: undefined, event: undefined, text: `line ${index + 1}`, pieces: undefined },
  }));
}

function view(props: Partial<LogViewProps> & Pick<LogViewProps, 'lines'>, address = '/run') {
  return (
    <MantineProvider>
      <MemoryRouter initialEntries={[address]}>
        <LogView
          steps={[{ id: 'talk', name: 'Talk' }]}
          stepId={undefined}
          onShowAll={() => {}}
          startedAt={at}
          isGrowing
          isLoading={false}
          fileName="run.txt"
          notice={undefined}
          {...props}
        />
      </MemoryRouter>
    </MantineProvider>
  );
}

const drawn = () =>
  [...document.querySelectorAll('[data-line]')].map((element) => Number(element.getAttribute('data-line')));

test('a growing log stays at its end until somebody scrolls up, and follows again when asked', async () => {
  const { rerender } = await render(view({ lines: lines(1000) }));
  await expect.poll(drawn).toContain(1000);
  await rerender(view({ lines: lines(1500) }));
  await expect.poll(drawn).toContain(1500);
  page.getByRole('log').element().scrollTop = 0;
  await expect.poll(drawn).toContain(1);
  await rerender(view({ lines: lines(2000) }));
  await expect.poll(drawn).toContain(1);
  expect(drawn()).not.toContain(2000);
  await page.getByRole('button', { name: 'Follow the log' }).click();
  await expect.poll(drawn).toContain(2000);
});

test('of twenty thousand lines those in sight are drawn, each once', async () => {
  await render(view({ lines: lines(20_000), isGrowing: false }));
  await expect.poll(drawn).toContain(1);
  expect(drawn().length).toBeLessThan(150);
  expect(new Set(drawn()).size).toBe(drawn().length);
  await expect.element(page.getByText('20,000 lines')).toBeVisible();
});

test('an address leads to its line', async () => {
  await render(view({ lines: lines(5000) }, '/run#L2345'));
  await expect.poll(drawn).toContain(2345);
  await expect.poll(() => document.querySelector('[data-marked]')?.getAttribute('data-line')).toBe('2345');
});

test('the search counts its places and goes through them, around the end', async () => {
  await render(view({ lines: lines(5000), isGrowing: false }));
  const field = page.getByRole('searchbox', { name: 'Search in the log' });
  await field.fill('LINE 499');
  await expect.element(page.getByText('1 of 11')).toBeVisible();
  await expect.poll(() => document.querySelector('mark[data-current]')?.textContent).toBe('line 499');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await expect.element(page.getByText('11 of 11')).toBeVisible();
  await expect.poll(drawn).toContain(4999);
  await field.fill('nowhere');
  await expect.element(page.getByText('None')).toBeVisible();
});

test('says that a log is on its way, that nothing was said yet, or that it is empty', async () => {
  const { rerender } = await render(view({ lines: [] }));
  await expect.element(page.getByText(/^Nothing yet/)).toBeVisible();
  await rerender(view({ lines: [], isGrowing: false, isLoading: true }));
  await expect.element(page.getByText('Loading the log…')).toBeVisible();
  await rerender(view({ lines: [], isGrowing: false }));
  await expect.element(page.getByText('The log is empty.')).toBeVisible();
});
