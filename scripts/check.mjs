import { launch } from './launch.mjs';

/** `npm run check`: what needs neither database nor browser, for the inner loop. */
await launch('scripts/run-suites.mjs', { args: ['--quick', ...process.argv.slice(2)] });
