import { launch } from './launch.mjs';

/** `npm run dev`: API and portal with reload. */
await launch('scripts/run-dev.mjs');
