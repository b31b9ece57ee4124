import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/*
 * A template may only fetch what is below its own folder, so service-from-manifest has copies of the services' files.
 * Run this after a change of one of them; a test fails until then.
 */
const templates = join(import.meta.dirname, 'templates');
for (const runtime of ['node', 'python', 'go']) {
  const copy = join(templates, 'service-from-manifest', 'runtimes', runtime);
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(templates, `${runtime}-service`, 'skeleton'), copy, { recursive: true });
}
