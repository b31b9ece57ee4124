import { launch } from './launch.mjs';

/** `npm run bench -- name …`: runs one benchmark of packages/bench. */
await launch('scripts/run-bench.mjs', { args: process.argv.slice(2) });
