import { expect, test } from 'vitest';
import { shownLinks } from './shown-links.ts';

test('only addresses of the web and entities are links', () => {
  const links = [
    { title: 'Site', url: 'https://example.com/a' },
    { title: 'Script', url: 'javascript:alert(1)' },
    { title: 'Mail', url: 'mailto:a@example.com' },
    { title: 'Path', url: '/api' },
    { title: 'Entity', entityRef: 'Component:default/Shop' },
    { title: 'Nothing' },
  ];
  expect(shownLinks({ links })).toEqual([
    { kind: 'address', url: 'https://example.com/a', title: 'Site' },
    { kind: 'entity', ref: 'component:default/shop', title: 'Entity' },
  ]);
});

test('what was registered comes first, unless the template names it', () => {
  const entityRef = 'component:default/shop';
  expect(shownLinks({ links: [], entityRef })).toEqual([
    { kind: 'entity', ref: entityRef, title: undefined },
  ]);
  expect(shownLinks({ links: [{ title: 'Shop', entityRef: 'component:shop' }], entityRef })).toEqual([
    { kind: 'entity', ref: entityRef, title: 'Shop' },
  ]);
});
