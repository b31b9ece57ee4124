import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Markdown } from './Markdown.tsx';

const show = (text: string) =>
  render(
    <MemoryRouter>
      <section aria-label="Text">
        <Markdown
          text={text}
          pageOf={(address) => (address.startsWith('/') ? `/here${address}` : undefined)}
        />
      </section>
    </MemoryRouter>,
  );

const text = () => page.getByRole('region', { name: 'Text' });

test('shows lists, code, emphasis and tables as what they are', async () => {
  await show(
    '# Next\n\n3. Run `npm ci`.\n4. Read **all** of it.\n\n```sh\nnpm test\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
  );
  await expect.element(text().getByRole('heading', { level: 3, name: 'Next' })).toBeVisible();
  await expect.element(text().getByRole('list')).toHaveAttribute('start', '3');
  await expect.element(text().getByRole('listitem').first()).toHaveTextContent('Run npm ci.');
  const codes = [...text().element().querySelectorAll('code')].map((code) => code.textContent);
  expect(codes).toEqual(['npm ci', 'npm test\n']);
  await expect.element(text().getByRole('cell', { name: '2' })).toBeVisible();
  expect(text().element().querySelectorAll('li p')).toHaveLength(0); // a tight list has no paragraphs
});

test('makes links of addresses, and of no file that only looks like a host', async () => {
  await show('See README.md, https://example.com/a, [the entity](/catalog/x) and [beside](b.md).');
  const links = () =>
    [...text().element().querySelectorAll('a')].map((link) => [
      link.textContent,
      link.getAttribute('href'),
      link.rel,
    ]);
  await expect.poll(links).toEqual([
    ['https://example.com/a', 'https://example.com/a', 'noopener noreferrer nofollow'],
    ['the entity', '/here/catalog/x', ''],
  ]);
});

test('makes nothing of HTML, pictures and addresses that could do harm', async () => {
  await show(
    [
      '<img src=x onerror=alert(1)> <script>alert(1)</script>',
      '![a picture](https://example.com/p.png)',
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) <javascript:alert(1)>',
      '[d](java&#115;cript:alert(1)) [e](&#x6A;avascript:alert(1))',
      '&lt;b&gt; <b onclick="alert(1)">bold</b>',
    ].join('\n\n'),
  );
  await expect.element(text()).toMatchTextContent('<script>alert(1)</script>');
  await expect.element(text().getByRole('link', { name: /a picture/ })).toBeVisible();
  const found = [...text().element().querySelectorAll('*')];
  const names = new Set(found.map(({ localName }) => localName));
  for (const name of ['img', 'script', 'b', 'iframe']) expect(names).not.toContain(name);
  const addresses = found.map((element) => element.getAttribute('href')).filter(Boolean);
  expect(addresses).toEqual(['https://example.com/p.png']);
});

test('is done in time with text that nests without end', async () => {
  for (const hostile of ['> '.repeat(5_000), '- '.repeat(3_000), '['.repeat(20_000), '*a_ '.repeat(5_000)]) {
    const { unmount } = await show(`${hostile}\n\nthe end`);
    await expect.element(text()).toMatchTextContent('the end');
    await unmount();
  }
});
