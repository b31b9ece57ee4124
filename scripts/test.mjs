import { launch } from './launch.mjs';

/** `npm test [-- suite …]`: everything that CI checks, on a fresh clone too. */
await launch('scripts/run-suites.mjs', { args: process.argv.slice(2) });
