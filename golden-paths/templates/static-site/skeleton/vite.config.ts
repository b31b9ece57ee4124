import { globSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, 'src');

export default defineConfig({
  root,
  publicDir: '../public',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // The content security policy allows no data: URL, and files can be cached.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: globSync('**/*.html', { cwd: root }).map((page) => join(root, page)),
    },
  },
});
