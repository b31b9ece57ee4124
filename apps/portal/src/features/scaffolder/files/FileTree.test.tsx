import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { FileTree } from './FileTree.tsx';

const row = (name: string) => page.getByRole('treeitem', { name });
let onChoose: ReturnType<typeof vi.fn<(path: string) => void>>;

beforeEach(async () => {
  onChoose = vi.fn();
  await render(
    <>
      <FileTree
        label="Files"
        paths={['src/app.ts', 'src/web/page.ts', 'README.md']}
        chosen={undefined}
        onChoose={onChoose}
      />
      <button type="button">Behind the tree</button>
    </>,
  );
  await userEvent.keyboard('{Tab}');
});

afterEach(() => {
  vi.useRealTimers();
});

/** Presses a key and tells where the focus is right after it, without a moment between. */
function focusedAfter(key: string): string | null | undefined {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true }));
  document.activeElement?.dispatchEvent(new KeyboardEvent('keyup', { key, code: key, bubbles: true }));
  return document.activeElement?.getAttribute('aria-label');
}

test('arrows, Home and End move the focus at once', () => {
  expect(document.activeElement?.getAttribute('aria-label')).toBe('src');
  expect(focusedAfter('ArrowDown')).toBe('web');
  expect(focusedAfter('ArrowDown')).toBe('page.ts');
  expect(focusedAfter('ArrowLeft')).toBe('web');
  expect(focusedAfter('ArrowUp')).toBe('src');
  expect(focusedAfter('End')).toBe('README.md');
  expect(focusedAfter('Home')).toBe('src');
});

test('whoever goes on at once is not called back', async () => {
  vi.useFakeTimers();
  focusedAfter('ArrowDown');
  const behind = page.getByRole('button', { name: 'Behind the tree' }).element();
  behind.focus();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(document.activeElement).toBe(behind);
});

test('Enter chooses a file, and opens and closes a folder', async () => {
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(onChoose.mock.calls).toEqual([['src/web/page.ts']]);
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await expect.element(row('page.ts')).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  await expect.element(row('page.ts')).toBeVisible();
  await expect.element(row('web')).toHaveFocus();
  expect(onChoose).toHaveBeenCalledOnce();
});
