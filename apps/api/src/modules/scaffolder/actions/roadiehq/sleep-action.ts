import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ActionFailure, defineAction, type ScaffolderAction } from '../action.ts';

/** Waits. @param maxWaitMs longest wait of one step */
export function createSleepAction({ maxWaitMs }: { maxWaitMs: number }): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:sleep',
    description: `Waits a number of seconds, up to ${maxWaitMs / 1000}.`,
    input: z.object({ amount: z.number().min(0).describe('Seconds') }),
    output: z.object({}),
    examples: [
      { description: 'Wait for two seconds', example: 'action: roadiehq:utils:sleep\ninput:\n  amount: 2\n' },
    ],
    workspace: 'none',
    async run({ amount }, { log, signal, isDryRun }) {
      const waitMs = amount * 1_000;
      if (waitMs > maxWaitMs) {
        throw new ActionFailure(
          `The step waits for ${amount} seconds; at most ${maxWaitMs / 1000} are allowed.`,
          'Wait for less, or have scaffolder.maxWaitSeconds of the configuration raised.',
        );
      }
      log.info(`Waiting for ${amount} seconds`);
      if (!isDryRun) await sleep(waitMs, undefined, { signal });
      return {};
    },
  });
}
