import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAX_LOG_LINES = 3;
const MAX_LOG_CHARACTERS = 500;

/** A folder for everything that a benchmark makes; it goes with it. */
export async function makeHome(resources: AsyncDisposableStack): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'waymark-bench-'));
  resources.defer(() => rm(home, { recursive: true, force: true }));
  // As root the database is another user, who has to pass this folder.
  await chmod(home, 0o711);
  return home;
}

/** Tells the first lines that a server logs, which a good one does not. */
export function announceFirst(announce: (text: string) => void): (line: string) => void {
  let count = 0;
  return (line) => {
    count += 1;
    if (count > MAX_LOG_LINES) return;
    const more = count === MAX_LOG_LINES ? ' (further lines are not shown)' : '';
    announce(`the server logs ${line.slice(0, MAX_LOG_CHARACTERS)}${more}`);
  };
}
