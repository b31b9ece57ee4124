import type { Logger } from 'pino';
import type { ScaffolderAction } from '../actions/action.ts';
import { explainFailure } from './run-failure.ts';
import { createRunLog } from './run-log.ts';
import type { RunEffectsRepository } from './run-effects.repository.ts';
import type { RunProgressRepository } from './run-progress.repository.ts';
import { RunLostError, type RunHold } from './run-hold.repository.ts';

export interface RunUndoerOptions {
  progress: Pick<RunProgressRepository, 'appendEvents' | 'endUndo'>;
  effects: RunEffectsRepository;
  actions: ReadonlyMap<string, ScaffolderAction>;
  log: Logger;
}

/** Takes back what runs made outside. */
export interface RunUndoer {
  /** The newest first. What cannot be taken back is passed over and said; the rest goes on. */
  undo(hold: RunHold & { createdBy: string }, signal: AbortSignal): Promise<void>;
}

export function createRunUndoer({ progress, effects, actions, log }: RunUndoerOptions): RunUndoer {
  return {
    async undo(hold, signal) {
      const runLog = createRunLog({
        append: (events) => progress.appendEvents(hold, events),
        redact: (text) => text,
      });
      const actor = { ref: hold.createdBy };
      let hasFailed = false;
      for (const effect of (await effects.of(hold.id)).toReversed()) {
        signal.throwIfAborted();
        if (effect.state === 'undone') continue;
        const stepLog = runLog.forStep(effect.stepId);
        const undo = actions.get(effect.action)?.undo;
        if (!undo) {
          hasFailed = true;
          stepLog.warn(
            `Not undone: ${effect.title}. ${effect.action} cannot take it back, so somebody has to.`,
          );
          await effects.markUndone(hold, effect.id, 'This action cannot take it back.');
          continue;
        }
        try {
          await undo({ url: effect.url, details: effect.details }, { signal, actor, log: stepLog });
          await effects.markUndone(hold, effect.id, undefined);
          stepLog.info(`Undone: ${effect.title}`);
        } catch (error) {
          if (signal.aborted || error instanceof RunLostError) throw error;
          hasFailed = true;
          const { problem, isExpected } = explainFailure(error);
          if (!isExpected)
            log.error({ err: error, taskId: hold.taskId }, 'scaffolder: an effect could not be undone');
          await effects.markUndone(hold, effect.id, `${problem.message} ${problem.hint}`);
          stepLog.error(`Not undone: ${effect.title}. ${problem.message}`);
        }
      }
      await runLog.flush();
      await progress.endUndo(hold, hasFailed ? 'failed' : 'done');
    },
  };
}
