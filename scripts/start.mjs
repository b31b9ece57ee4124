import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './installation.mjs';
import { launch, ROOT } from './launch.mjs';
import { explainIfTaken } from './port.mjs';

/** `npm start`: installs what is missing and runs the server, which prints its own stages. */

const { HOST, PORT, WAYMARK_CONFIG, WAYMARK_ROLE } = process.env;

// A configuration file can only be read after the installation: then the server itself looks at the port.
const isConfiguredByFile = Boolean(WAYMARK_CONFIG) || existsSync(join(ROOT, 'waymark.yaml'));

await launch('apps/api/src/main.ts', {
  async beforeInstall() {
    const port = Number(PORT || 7100);
    if (isConfiguredByFile || WAYMARK_ROLE === 'worker' || !Number.isInteger(port) || port > 65_535) return;
    const problem = await explainIfTaken({ host: HOST || '127.0.0.1', port });
    if (problem !== undefined) throw new StartProblem(problem.message, problem.hint);
  },
});
