import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPassword, withoutPasswords } from './shown-url.ts';

describe('a URL as everybody may see it', () => {
  it.each([
    ['https://user:secret@git.example/x.git', 'https://git.example/x.git'],
    ['https://secret@git.example/x.git', 'https://git.example/x.git'],
    ['https://:secret@git.example:8443/x.git?a=b#c', 'https://git.example:8443/x.git?a=b#c'],
    ['HTTP://user:secret@git.example/x.git', 'http://git.example/x.git'],
    ['https://user:half@secret@git.example/x.git', 'https://git.example/x.git'],
    [String.raw`https:\\user:secret@git.example/x.git`, 'https://git.example/x.git'],
    ['https:user:secret@git.example/x.git', 'https://git.example/x.git'],
    [' https://user:secret@git.example/x.git', 'https://git.example/x.git'],
    ['ssh://git:secret@git.example/x.git', 'ssh://git.example/x.git'],
    // No URL to any parser, and yet what somebody may write down.
    ['https://user:secret/slash@git.example/x.git', 'https://git.example/x.git'],
    ['https://user:secret@git.example:port/x.git', 'https://git.example:port/x.git'],
  ])('has no user name and password: %s', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
    expect(withoutPassword(shown)).toBe(shown);
  });

  it.each([
    'https://git.example/x.git',
    'https://github.com/acme/shop/blob/main/**/catalog-info.{yaml,yml}',
    'https://git.example/path@2/x.git',
    'ssh://git@git.example/x.git',
    'git@git.example:acme/x.git',
    'git.example:acme@2/x.git',
    '/srv/descriptors@2/*.yaml',
    String.raw`C:\descriptors@2\all.yaml`,
    'descriptors',
    '',
  ])('stays as it was written where it holds no secret: %s', (target) => {
    expect(withoutPassword(target)).toBe(target);
  });

  it('holds nothing of a password, whatever that is made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('https', 'http', 'ssh'), (word, scheme) => {
        // Only letters tell for sure that the rest of the URL does not hold the same by chance.
        const password = `${word}SECRET${word}`.replace(/[/\\?#\s]/g, '');
        expect(withoutPassword(`${scheme}://user:${password}@git.example/x.git`)).not.toContain('SECRET');
      }),
    );
  });
});

describe('a text that quotes URLs', () => {
  it('has no user names and passwords in them, and is otherwise the same', () => {
    expect(
      withoutPasswords(
        "fatal: unable to access 'https://user:it's@secret@git.example/x.git/': see a@b.example",
      ),
    ).toBe("fatal: unable to access 'https://git.example/x.git/': see a@b.example");
  });
});
