import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { z } from 'zod';
import { createStoredValue, useStoredValue } from './stored-value.ts';

beforeEach(() => localStorage.clear());

test('survives a new page and is followed by components', async () => {
  const first = createStoredValue('size', z.number(), 1);
  first.set(5);
  const afterReload = createStoredValue('size', z.number(), 1);
  function Size() {
    return <output>{useStoredValue(afterReload)}</output>;
  }
  await render(<Size />);
  await expect.element(page.getByRole('status')).toHaveTextContent('5');
  afterReload.set(6);
  await expect.element(page.getByRole('status')).toHaveTextContent('6');
});

test('what an older version or a person wrote counts as absent', () => {
  for (const text of ['"five"', '{broken', 'null']) {
    localStorage.setItem('waymark.size', text);
    expect(createStoredValue('size', z.number(), 1).get()).toBe(1);
  }
});

test('follows another tab', async () => {
  const stored = createStoredValue('size', z.number(), 1);
  let told = 0;
  const stop = stored.subscribe(() => (told += 1));
  expect(stored.get()).toBe(1);
  localStorage.setItem('waymark.size', '9');
  window.dispatchEvent(new StorageEvent('storage', { key: 'waymark.size' }));
  expect(told).toBe(1);
  expect(stored.get()).toBe(9);
  stop();
});
