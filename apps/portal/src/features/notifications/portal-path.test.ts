import { describe, expect, it } from 'vitest';
import { portalPath } from './portal-path.ts';

describe('the link of a notification', () => {
  it.each(['/', '/catalog/default/component/shop', '/create/runs/1?x=//y'])(
    '%s stays in the portal',
    (link) => {
      expect(portalPath(link)).toBe(link);
    },
  );

  it.each(['//evil.example', '/\\evil.example', 'https://example.com', 'javascript:alert(1)', 'catalog', ''])(
    '%j does not',
    (link) => {
      expect(portalPath(link)).toBeUndefined();
    },
  );
});
