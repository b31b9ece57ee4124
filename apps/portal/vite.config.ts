import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiOrigin = `http://127.0.0.1:${process.env['PORT'] ?? '7100'}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    alias: [
      // The viewer asks for the whole parser, which needs `eval`; see the file.
      {
        find: /^@asyncapi\/parser(?:\/cjs\/document)?$/,
        replacement: `${import.meta.dirname}/src/features/entity/api/asyncapi-parser.stand-in.ts`,
      },
    ],
  },
  build: {
    target: 'es2023',
    sourcemap: false,
    // Nothing inline: the page's policy allows data: for pictures, but fonts and scripts come as files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // zod tries `eval` when the first schema is made. In one chunk with zod, the module that
          // forbids it runs before any chunk that makes schemas.
          groups: [
            {
              name: 'browser-policy',
              test: /node_modules[\\/](zod|get-nonce)[\\/]|browser-policy\.ts$/,
              priority: 2,
            },
            // A chunk for each set of pages that share a module would be some fifty requests for the first page.
            { name: 'shell', tags: ['$initial'], priority: 1 },
            { name: 'shared', minShareCount: 6 },
          ],
        },
      },
    },
  },
  server: {
    port: 7173,
    strictPort: true,
    proxy: {
      '/api': { target: apiOrigin, changeOrigin: true },
      '/readyz': { target: apiOrigin, changeOrigin: true },
    },
  },
});
