import type { Logger } from 'pino';
import { removeWorkspace, runsWithWorkspace } from '../workspace/workspace-versions.ts';
import type { RunLeftoversRepository } from './run-leftovers.repository.ts';

/** A run that failed or was cancelled can be gone on with for so long; then its files and secrets go. */
export const KEPT_DAYS = 7;
const SWEEP_MS = 60 * 60 * 1000;

export interface RunLeftoversOptions {
  leftovers: RunLeftoversRepository;
  /** Folder for workspaces. */
  home: string;
  log: Logger;
}

/** Removes what ended runs have left for a retry that never came. */
export async function sweepLeftovers({ leftovers, home }: Omit<RunLeftoversOptions, 'log'>): Promise<void> {
  await leftovers.forgetSecrets(KEPT_DAYS);
  const taskIds = await leftovers.endedAmong(await runsWithWorkspace(home), KEPT_DAYS);
  for (const taskId of taskIds) await removeWorkspace(home, taskId);
}

/** Does so now and every hour, until it is stopped. */
export function startSweepingLeftovers(options: RunLeftoversOptions): { stop(): Promise<void> } {
  const sweep = () =>
    sweepLeftovers(options).catch((error: unknown) =>
      options.log.warn({ err: error }, 'scaffolder: what old runs left could not be removed'),
    );
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, SWEEP_MS);
  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
