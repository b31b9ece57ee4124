import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const site = join(import.meta.dirname, '../dist');
const pages = globSync('**/*.html', { cwd: site }).map((path) => ({
  path,
  html: readFileSync(join(site, path), 'utf8'),
}));

/** Whether the server has a file for a path, by the same rules as nginx/nginx.conf. */
function isServed(path: string): boolean {
  const candidates = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
  return candidates.some((candidate) => existsSync(join(site, candidate)));
}

describe('the built pages', () => {
  it('are there, with one for what is not', () => {
    assert.deepEqual(pages.map(({ path }) => path).sort(), ['404.html', 'index.html']);
  });

  for (const { path, html } of pages) {
    it(`${path} leads nowhere but to what is there`, () => {
      const links = [...html.matchAll(/(?:href|src)="([^"#?]+)/g)].map(([, link = '']) => link);
      const inside = links.filter((link) => !/^(https?:)?\/\//.test(link));
      assert.ok(inside.length > 0);
      assert.deepEqual(
        inside.filter((link) => !isServed(new URL(link, `http://site/${path}`).pathname)),
        [],
      );
    });

    it(`${path} says what it is`, () => {
      assert.match(html, /<html lang="\w+/);
      assert.match(html, /<title>[^<]+<\/title>/);
      assert.match(html, /<meta name="description" content="[^"]{10,}"/);
    });

    it(`${path} has nothing in it that the content security policy refuses`, () => {
      assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|src="data:/);
    });
  }
});
