import { describe, expect, it } from 'vitest';
import { createSkeletonRenderer, type SkeletonOptions } from './skeleton.ts';
import { TemplateProblemError } from './template-problem.ts';

const values = { name: 'cart', hasDocs: false, up: '..', git: '.git', rooted: '/etc' };
const rendererOf = (options: Partial<SkeletonOptions> = {}) =>
  createSkeletonRenderer({ values, ...options }, { filters: {} });

function render(path: string, text: string, options: Partial<SkeletonOptions> = {}) {
  const outcome = rendererOf(options).render({ path, bytes: new TextEncoder().encode(text) });
  return outcome && { path: outcome.path, text: new TextDecoder().decode(outcome.bytes) };
}

describe('a skeleton', () => {
  it('has its names and its texts rendered', () => {
    expect(render('src/${{ values.name }}.ts', 'export const name = "${{ values.name }}";\n')).toEqual({
      path: 'src/cart.ts',
      text: 'export const name = "cart";\n',
    });
  });

  it.each([
    '{% if values.hasDocs %}docs.md{% endif %}',
    '${{ values.missing }}/a.md',
    'a/${{ values.missing }}/b.md',
  ])('leaves %s out, because its name has no place', (path) => {
    expect(render(path, 'x')).toBeUndefined();
  });

  it('copies binary files', () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0, 1, 0x24, 0x7b, 0x7b, 0x20, 0x7d, 0x7d, 0, 2]);
    expect(rendererOf().render({ path: 'logo.png', bytes })).toEqual({ path: 'logo.png', bytes });
  });

  it('copies what it is told to, under a rendered name', () => {
    const options = { copyWithoutTemplating: ['charts/**', '.github/*'] };
    const text = '${{ values.name }}';
    expect(render('charts/${{ values.name }}/a.yaml', text, options)).toEqual({
      path: 'charts/cart/a.yaml',
      text,
    });
    expect(render('.github/ci.yml', text, options)).toEqual({ path: '.github/ci.yml', text });
    expect(render('README.md', text, options)).toEqual({ path: 'README.md', text: 'cart' });
    expect(render('charts/${{ values.name }}', text, { copyWithoutRender: ['charts/*'] })).toEqual({
      path: 'charts/${{ values.name }}',
      text,
    });
  });

  it('renders only files with the chosen ending, which they lose', () => {
    const text = '${{ values.name }}';
    const options = { templateFileExtension: true };
    expect(render('${{ values.name }}.md.njk', text, options)).toEqual({ path: 'cart.md', text: 'cart' });
    expect(render('${{ values.name }}.md', text, options)).toEqual({ path: 'cart.md', text });
    expect(render('a.tpl', text, { templateFileExtension: '.tpl' })).toEqual({ path: 'a', text: 'cart' });
  });

  it('reads cookiecutter templates', () => {
    const options = { cookiecutterCompat: true };
    expect(
      render('{{ cookiecutter.name }}/a', '{{ cookiecutter.name | jsonify }} ${{ kept }}', options),
    ).toEqual({
      path: 'cart/a',
      text: '"cart" $',
    });
  });

  it.each(['${{ values.up }}/a', 'a/${{ values.git }}/config', 'a/.GIT/config', 'a\\b', './a'])(
    'refuses %s as a name',
    (path) => {
      expect(() => render(path, 'x')).toThrow('which is no place in the workspace');
    },
  );

  it('leaves out a name that a value turns into that of another folder', () => {
    expect(render('${{ values.rooted }}/passwd', 'x')).toBeUndefined();
  });

  it('says which file fails, and on which line', () => {
    try {
      render('a.md', 'fine\n${{ values.name | nope }}\n');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateProblemError);
      expect(error).toMatchObject({
        problem: { file: 'a.md', line: 2, message: 'Unknown template filter "nope"' },
      });
    }
  });

  it.each<Partial<SkeletonOptions>>([
    { copyWithoutTemplating: [], copyWithoutRender: [] },
    { templateFileExtension: true, copyWithoutTemplating: [] },
    { templateFileExtension: '.x', cookiecutterCompat: true },
  ])('refuses %o together', (options) => {
    expect(() => rendererOf(options)).toThrow(TemplateProblemError);
  });
});
