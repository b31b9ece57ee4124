import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { waitForLock } from '../../../../scripts/process-lock.mjs';
import { runStage } from '../../../../scripts/stages.mjs';
import { buildPortal, inspectPortal } from './portal-build.ts';
import { generatePrismaClient, inspectPrismaClient } from './prisma-client.ts';

interface Artefact {
  inspect(root: string): Promise<{ isFresh: boolean; digest: string }>;
  make(options: { root: string; signal: AbortSignal }, digest: string): Promise<void>;
  made: string;
  making: string;
}

const CLIENT: Artefact = {
  inspect: inspectPrismaClient,
  make: generatePrismaClient,
  made: 'client generated',
  making: 'generating the database client',
};
const PORTAL: Artefact = {
  inspect: inspectPortal,
  make: buildPortal,
  made: 'built',
  making: 'building, some ten seconds',
};

/** Generates the database client, without which `@waymark/db` cannot be loaded, if the schema changed. */
export function prepareClient(root: string, signal: AbortSignal): Promise<void> {
  return runStage('Schema', (announce) => prepare(CLIENT, { root, signal, announce }));
}

/** Builds the portal if its sources changed. */
export function preparePortal(root: string, signal: AbortSignal): Promise<void> {
  return runStage('Portal', (announce) => prepare(PORTAL, { root, signal, announce }));
}

async function prepare(
  artefact: Artefact,
  { root, signal, announce }: { root: string; signal: AbortSignal; announce: (text: string) => void },
): Promise<string> {
  if ((await artefact.inspect(root)).isFresh) return 'up to date';
  const folder = join(root, '.waymark');
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const lock = await waitForLock(join(folder, 'prepare.lock'), {
    signal,
    onWait: ({ pid }) => announce(`another start (process ${pid}) is preparing, waiting for it`),
  });
  try {
    // Asked again: whoever held the lock may have made it.
    const { isFresh, digest } = await artefact.inspect(root);
    if (isFresh) return artefact.made;
    announce(artefact.making);
    await artefact.make({ root, signal }, digest);
    return artefact.made;
  } finally {
    lock.release();
  }
}
