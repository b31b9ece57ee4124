import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { FacetGroup, type FacetOption } from './FacetGroup.tsx';

const optionsOf = (count: number): FacetOption[] =>
  Array.from({ length: count }, (_, index) => ({
    value: `group:default/team-${index}`,
    label: `team-${index}`,
    count: count - index,
  }));

test('shows the most frequent values first and the others on request', async () => {
  await render(<FacetGroup label="Owner" options={optionsOf(10)} selected={[]} onToggle={() => {}} />);
  expect(page.getByRole('checkbox').all()).toHaveLength(7);
  await page.getByRole('button', { name: 'Show 3 more' }).click();
  expect(page.getByRole('checkbox').all()).toHaveLength(10);
});

test('keeps a chosen value in sight, even one that nothing has any more', async () => {
  const onToggle = vi.fn();
  await render(
    <FacetGroup
      label="Owner"
      options={optionsOf(20)}
      selected={['group:default/gone', 'group:default/team-15']}
      onToggle={onToggle}
    />,
  );
  const boxes = page.getByRole('checkbox').all();
  await expect.element(boxes[0] ?? page.getByText('none')).toBeChecked();
  await expect.element(boxes[1] ?? page.getByText('none')).toBeChecked();
  await page.getByText('group:default/gone').click();
  expect(onToggle).toHaveBeenCalledExactlyOnceWith('group:default/gone');
});

test('finds a value among many', async () => {
  await render(<FacetGroup label="Owner" options={optionsOf(500)} selected={[]} onToggle={() => {}} />);
  await userEvent.type(page.getByRole('searchbox', { name: 'Find a value of Owner' }), 'team-499');
  expect(page.getByRole('checkbox').all()).toHaveLength(1);
});

test('folds and says so', async () => {
  await render(
    <FacetGroup label="Tag" options={optionsOf(3)} selected={[]} onToggle={() => {}} isOpenAtFirst={false} />,
  );
  const toggle = page.getByRole('button', { name: 'Tag' });
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
  await toggle.click();
  await expect.element(page.getByRole('checkbox', { name: /team-0/ })).toBeVisible();
});
