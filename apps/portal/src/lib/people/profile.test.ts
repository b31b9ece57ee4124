import { describe, expect, it } from 'vitest';
import { profileOf, safePicture } from './profile.ts';

describe('a profile', () => {
  it('gives what is there and is a text', () => {
    const entity = {
      kind: 'User',
      metadata: { name: 'ada', description: 'Engineer' },
      spec: { profile: { email: 'ada@example.com', picture: 'https://tracker.example/a.png', role: 'Lead' } },
    };
    expect(profileOf(entity)).toEqual({ email: 'ada@example.com', picture: undefined, role: 'Lead' });
    expect(profileOf({ kind: 'User', spec: { profile: { email: 7 } } })).toEqual({
      email: undefined,
      picture: undefined,
      role: undefined,
    });
    expect(profileOf({ metadata: { description: 'Writes compilers' }, spec: {} }).role).toBe(
      'Writes compilers',
    );
    expect(
      profileOf({ metadata: { description: 'x'.repeat(81) }, spec: { profile: null } }).role,
    ).toBeUndefined();
  });

  it.each([
    ['/pictures/ada.png', true],
    ['data:image/png;base64,iVBORw0KGgo=', true],
    ['https://gravatar.example/ada', false],
    ['//evil.example/a.png', false],
    ['/\\evil.example/a.png', false],
    ['data:image/svg+xml;base64,PHN2Zz4=', false],
    ['data:text/html;base64,PGgxPg==', false],
    ['javascript:alert(1)', false],
  ])('shows the picture %s: %s', (url, isShown) => {
    expect(safePicture(url)).toBe(isShown ? url : undefined);
  });
});
