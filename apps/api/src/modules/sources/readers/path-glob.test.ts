import { describe, expect, it } from 'vitest';
import { compileGlob, GlobError } from './path-glob.ts';

describe('a glob', () => {
  it.each([
    ['*.yaml', 'a.yaml', 'a/b.yaml'],
    ['**/*.yaml', 'a.yaml', 'a.yml'],
    ['**/*.yaml', 'a/b/c.yaml', 'yaml'],
    ['**/*.yaml', '.hidden/.yaml', 'a.yaml/b'],
    ['a/**/z.yaml', 'a/z.yaml', 'az.yaml'],
    ['a/**/z.yaml', 'a/b/c/z.yaml', 'a/b/c/zz.yaml'],
    ['**/b/**/b/c', 'b/b/b/c', 'b/c'],
    ['a/**', 'a/b/c', 'b/a'],
    ['a**z/x', 'abcz/x', 'a/z/x'],
    ['?.yaml', '€.yaml', 'ab.yaml'],
    ['?.yaml', '🚀.yaml', '.yaml'],
    ['a?b', 'a\nb', 'a/b'],
    ['**/x', 'line\nbreak/x', 'x/y'],
    ['[a-c]x', 'bx', 'dx'],
    ['[!a-c]x', 'dx', 'ax'],
    ['[]x]', ']', 'y'],
    ['a[', 'a[', 'a'],
    ['\\*', '*', 'a'],
    ['{a,b/c}/d', 'b/c/d', 'b/d'],
    ['{a,{b,c}}.{yaml,yml}', 'c.yml', 'd.yml'],
    ['a{b}', 'a{b}', 'ab'],
    ['a{,b}c', 'ac', 'abbc'],
    ['*a*b*c', 'xaxbxc', 'xaxcxb'],
    ['$(x)+^|.', '$(x)+^|.', '$(x)+^|-'],
  ])('%s takes %j and not %j', (glob, taken, left) => {
    const matches = compileGlob(glob);
    expect([matches(taken), matches(left)]).toEqual([true, false]);
  });

  it('is refused when it is longer, or stands for more, than anybody writes', () => {
    expect(() => compileGlob('x'.repeat(501))).toThrow(GlobError);
    expect(() => compileGlob('{a,b}'.repeat(20))).toThrow(GlobError);
    expect(() => compileGlob('{a,b}'.repeat(6))).not.toThrow();
  });

  it.each([
    ['wildcards', '*a'.repeat(240), 'a'.repeat(255)],
    ['folder wildcards', '**/a/'.repeat(99), 'a/'.repeat(2_000)],
    ['open braces', '{'.repeat(499), '{'.repeat(498)],
    ['open brackets', '['.repeat(499), '['.repeat(498)],
    // A matcher that tries every split would not end here before the suite's own limit.
  ])('with hundreds of %s is matched like any other', (_, glob, path) => {
    expect(compileGlob(glob)(`${path}!`)).toBe(false);
  });
});
