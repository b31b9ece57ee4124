import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const apiOrigin = `http://127.0.0.1:${process.env['PORT'] ?? '7100'}`;

/** The letters that every page shows first; others are fetched by the pages that have them. */
const firstFont = /inter-latin-wght-normal-[^/]*\.woff2$/;

/** Dialogs of every kind, and what locks the page behind them. */
const dialogParts =
  /[\\/](react-remove-scroll(-bar)?|react-style-singleton|use-sidecar|use-callback-ref|tslib|Modal|ModalBase|ScrollArea)[\\/]|[\\/]Dialog\.tsx$/;

/** Fetches the font beside the scripts: found by the style sheet alone, it comes late and every text is laid out twice. */
const preloadFont: Plugin = {
  name: 'preload-font',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => firstFont.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
          injectTo: 'head',
        })),
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadFont],
  resolve: {
    alias: [
      // The viewer asks for the whole parser, which needs `eval`; see the file.
      {
        find: /^@asyncapi\/parser(?:\/cjs\/document)?$/,
        replacement: `${import.meta.dirname}/src/features/entity/api/asyncapi-parser.stand-in.ts`,
      },
      // The form library asks for the usual validator in what it offers to tests; see the file.
      {
        find: '@rjsf/validator-ajv8',
        replacement: `${import.meta.dirname}/src/features/scaffolder/wizard/schema/ajv-validator.stand-in.ts`,
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
            // Fields have one too.
            { name: 'close-button', test: /[\\/]CloseButton[\\/]/, minShareCount: 6, priority: 0.7 },
            // Pages fetch it with their first dialog.
            { name: 'dialogs', test: dialogParts, minShareCount: 6, priority: 0.5 },
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
