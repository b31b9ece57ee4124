import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createQueryClient } from '../../../../lib/query-client.ts';
import { buttonWords } from '../button-words.ts';
import { draftOf } from '../draft.ts';
import type { JsonObject } from '../schema/json.ts';
import { useWizard } from '../use-wizard.ts';
import { PageForm } from './PageForm.tsx';

const templateRef = 'template:default/under-test';
let onNext: ReturnType<typeof vi.fn<(values: JsonObject) => void>>;

beforeEach(() => {
  onNext = vi.fn();
  draftOf(templateRef).set(null);
});

/** One page of a form, as the wizard shows it. */
async function show(schema: JsonObject) {
  const form = { title: 'Under test', steps: [{ title: 'First page', schema }] };
  function Page() {
    const wizard = useWizard(templateRef, form, { prefill: undefined });
    const first = wizard.shown[0];
    return (
      first && (
        <PageForm
          page={first}
          wizard={wizard}
          words={buttonWords(undefined)}
          isLast
          onBack={undefined}
          onNext={onNext}
        />
      )
    );
  }
  await render(
    <MantineProvider>
      <QueryClientProvider client={createQueryClient()}>
        <Page />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const next = () => page.getByRole('button', { name: 'Review' });

test('what is wrong is told above and at the field, and goes away while it is corrected', async () => {
  await show({
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', title: 'Name', minLength: 3, description: 'Unique' } },
  });
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect.element(name).toHaveAccessibleDescription('Unique');
  await next().click();
  const summary = page.getByRole('alert');
  await expect.element(summary).toHaveFocus();
  await expect.element(summary).toMatchTextContent('Name: Fill this in.');
  await expect.element(name).toHaveAttribute('aria-invalid', 'true');
  await summary.getByRole('button', { name: 'Name' }).click();
  await expect.element(name).toHaveFocus();
  await userEvent.keyboard('ab');
  await expect.element(summary).toMatchTextContent('Name: Write at least 3 characters.');
  await userEvent.keyboard('c');
  await expect.element(summary).not.toBeInTheDocument();
  expect(onNext).not.toHaveBeenCalled();
  await next().click();
  expect(onNext).toHaveBeenCalledWith({ name: 'abc' });
});

test('an answer with two errors is one answer, and all are told in the order of the fields', async () => {
  await show({
    type: 'object',
    required: ['name', 'owner'],
    properties: {
      name: { type: 'string', title: 'Name', pattern: '^[a-z]+$', minLength: 3 },
      owner: { type: 'string', title: 'Owner' },
    },
  });
  await page.getByRole('textbox', { name: 'Name' }).fill('A');
  await next().click();
  const summary = page.getByRole('alert');
  await expect.element(summary).toMatchTextContent('2 answers need a correction');
  const told = summary.getByRole('listitem').elements();
  expect(told.map(({ textContent }) => textContent)).toEqual([
    'Name: Write at least 3 characters.',
    'Name: It must match the pattern “^[a-z]+$”.',
    'Owner: Fill this in.',
  ]);
});

test('a field appears with the answer that calls for it, and is demanded only then', async () => {
  await show({
    type: 'object',
    properties: { hasDatabase: { type: 'boolean', title: 'Database', default: false } },
    dependencies: {
      hasDatabase: {
        oneOf: [
          { properties: { hasDatabase: { const: false } } },
          {
            properties: {
              hasDatabase: { const: true },
              engine: { type: 'string', title: 'Engine', enum: ['pg', 'my'], 'ui:widget': 'radio' },
            },
            required: ['engine'],
          },
        ],
      },
    },
  });
  await next().click();
  expect(onNext).toHaveBeenLastCalledWith({ hasDatabase: false });
  await page.getByText('Database', { exact: true }).click();
  await next().click();
  await expect.element(page.getByRole('alert')).toMatchTextContent('Engine: Fill this in.');
  await page.getByText('pg', { exact: true }).click();
  await next().click();
  expect(onNext).toHaveBeenLastCalledWith({ hasDatabase: true, engine: 'pg' });
});

test('secrets and passwords are answers, but nothing of them is kept in the browser', async () => {
  await show({
    type: 'object',
    properties: {
      name: { type: 'string', title: 'Name' },
      token: { type: 'string', title: 'Token', 'ui:field': 'Secret' },
      password: { type: 'string', title: 'Password', 'ui:widget': 'password' },
    },
  });
  await page.getByRole('textbox', { name: 'Name' }).fill('kept');
  await page.getByLabelText('Token').fill('token-value');
  await page.getByLabelText('Password').fill('password-value');
  await next().click();
  expect(onNext).toHaveBeenCalledWith({ name: 'kept', token: '********', password: 'password-value' });
  expect(draftOf(templateRef).get()?.values).toEqual({ name: 'kept' });
  expect(JSON.stringify(localStorage)).not.toContain('-value');
});

test('what a template asks for in vain is a plain field with a word about it', async () => {
  await show({
    type: 'object',
    properties: { sky: { type: 'string', title: 'Sky', 'ui:field': 'WeatherPicker' } },
  });
  await page.getByRole('textbox', { name: 'Sky' }).fill('blue');
  await expect.element(page.getByText(/the field WeatherPicker/)).toBeVisible();
  await next().click();
  expect(onNext).toHaveBeenCalledWith({ sky: 'blue' });
});
