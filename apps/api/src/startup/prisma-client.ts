import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashInputs } from './input-hash.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

const GENERATED = 'packages/db/src/generated';
const STAMP = `${GENERATED}/.inputs`;
const PRISMA_PACKAGE = 'node_modules/prisma/package.json';

/** Whether the generated database client fits the schema; `digest` is the stamp that says so. */
export async function inspectPrismaClient(root: string): Promise<{ isFresh: boolean; digest: string }> {
  const paths = ['prisma/schema', 'prisma/prisma.config.ts', PRISMA_PACKAGE];
  const digest = await hashInputs(root, { paths });
  const stamp = await readFile(join(root, STAMP), 'utf8').catch(() => '');
  return { isFresh: stamp === digest, digest };
}

/** Generates the database client from `prisma/schema`. Needs no network. */
export async function generatePrismaClient(options: ToolOptions, digest: string): Promise<void> {
  // Without the stamp, a generation that is cut short counts as none.
  await rm(join(options.root, STAMP), { force: true });
  await runTool('prisma/build/index.js', ['generate', '--config', 'prisma/prisma.config.ts'], {
    ...options,
    // The schema engine is not needed, but looked for and else downloaded: any program satisfies the look.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  await writeFile(join(options.root, STAMP), digest);
}
