import workerpool from 'workerpool';

/** The one thing that an isolated process is asked. */
export const TASK_METHOD = 'answer';
/** Said when a task is taken up, so that its time begins. */
export const BEGUN = 'begun';

/** Called once by the module of an isolated process: answers its tasks, one after the other. */
export function answerTasks<Task, Result>(answer: (task: Task) => Result | Promise<Result>): void {
  workerpool.worker({
    async [TASK_METHOD](task: Task) {
      workerpool.workerEmit(BEGUN);
      try {
        return await answer(task);
      } catch (error) {
        throw withOwnName(error);
      }
    },
  });
}

/** Only what an error has itself crosses processes, and its name is that of its class. */
function withOwnName(error: unknown): unknown {
  return error instanceof Error ? Object.defineProperty(error, 'name', { value: error.name }) : error;
}
