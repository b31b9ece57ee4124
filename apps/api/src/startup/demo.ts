import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import {
  demoFolderLocations,
  demoLocations,
  seedDemoFolders,
  seedDemoOrganisation,
} from '@waymark/demo-organisation';
import { waitForLock } from '../../../../scripts/process-lock.mjs';
import { runStage } from '../../../../scripts/stages.mjs';
import { StartError } from './start-error.ts';

/**
 * Writes the demo organisation on the first start, as Git repositories or, on a machine without git, as
 * folders; gives where the catalog reads it.
 */
export async function loadDemo(home: string, log: Logger, signal: AbortSignal) {
  const hasGit = await isGitInstalled();
  await runStage('Demo', async (announce) => {
    await mkdir(join(home, 'repositories'), { recursive: true });
    const lock = await waitForLock(join(home, 'demo.lock'), {
      signal,
      onWait: ({ pid }) => announce(`process ${pid} is writing it, waiting`),
    });
    try {
      // What it tells is in the line of this stage.
      const seedLog = { info: () => undefined, warn: (message: string) => log.warn(message) };
      if (!hasGit) {
        const { folders, created } = await seedDemoFolders({ home });
        return `${folders} folders ${created ? 'written' : 'up to date'} (git is not installed)`;
      }
      const { repositories, created } = await seedDemoOrganisation({ home, log: seedLog });
      return `${repositories} repositories ${created ? 'written' : 'up to date'}`;
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      throw new StartError(
        `The demo organisation could not be written: ${message}`,
        'Start without it: WAYMARK_DEMO=false npm start.',
        { cause: error },
      );
    } finally {
      lock.release();
    }
  });
  return hasGit ? demoLocations({ home }) : demoFolderLocations({ home });
}

async function isGitInstalled(): Promise<boolean> {
  try {
    await promisify(execFile)('git', ['--version']);
    return true;
  } catch {
    return false; // missing, or not runnable: the same for us
  }
}
