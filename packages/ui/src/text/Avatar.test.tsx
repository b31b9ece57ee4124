import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { Avatar, initialsOf } from './Avatar.tsx';

test.each([
  ['Ada Lovelace', 'AL'],
  ['mateus.albarran', 'MA'],
  ['platform', 'P'],
  ['Ada King Lovelace', 'AL'],
  ['  ', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('shows initials without a picture, and says nothing to screen readers', async () => {
  const { container } = await render(<Avatar name="Ada Lovelace" />);
  expect(container.textContent).toBe('AL');
  expect(container.querySelector('[aria-hidden]')).not.toBeNull();
  expect(container.querySelector('img')).toBeNull();
});
